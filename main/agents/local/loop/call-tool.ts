import type { LanguageModelV4ToolResultPart } from '@ai-sdk/provider';
import type { JsonObject } from '../../../domain/primitives.ts';
import { messageOf } from '../../../shared/result.ts';
import { isObject } from '../../json-event.ts';
import type { Say } from '../loop-line.ts';
import { refused, type Tool, type ToolOutcome } from '../tools/tool.ts';
import type { ModelCall } from './ask-model.ts';

/** Arguments as the model wrote them; undefined when they are no object of JSON. */
export function argumentsOf(call: ModelCall): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(call.input === '' ? '{}' : call.input);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Does what the model asked for and shows both; whatever goes wrong comes back to the model in words. */
export async function callTool(
  call: ModelCall,
  at: { tools: readonly Tool[]; verdict: 'run' | 'refuse'; say: Say },
): Promise<LanguageModelV4ToolResultPart> {
  const input = argumentsOf(call);
  at.say({ type: 'call', id: call.id, tool: call.tool, input: input ?? call.input });
  const outcome = await outcomeOf(call, input, at);
  at.say({
    type: 'result',
    id: call.id,
    ok: outcome.ok,
    output: outcome.output,
    change: outcome.change ?? null,
  });
  return {
    type: 'tool-result',
    toolCallId: call.id,
    toolName: call.tool,
    output: { type: 'text', value: outcome.ok ? outcome.output : `Not done. ${outcome.output}` },
  };
}

async function outcomeOf(
  call: ModelCall,
  input: JsonObject | undefined,
  { tools, verdict }: { tools: readonly Tool[]; verdict: 'run' | 'refuse' },
): Promise<ToolOutcome> {
  if (verdict === 'refuse')
    return refused(
      'You have made this same call several times in a row. Do something else, or say that you are done.',
    );
  const tool = tools.find(({ name }) => name === call.tool);
  if (!tool)
    return refused(`There is no tool ${call.tool}. You have: ${tools.map(({ name }) => name).join(', ')}.`);
  if (input === undefined)
    return refused(`The arguments of ${call.tool} are not an object of JSON. Call it again with valid JSON.`);
  try {
    return await tool.run(input);
  } catch (error) {
    // The disk said no: a folder that may not be written, a name that is too long, no space left.
    if (error instanceof Error && 'code' in error) return refused(messageOf(error));
    throw error;
  }
}
