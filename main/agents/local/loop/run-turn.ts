import type { LanguageModelV4, LanguageModelV4FunctionTool } from '@ai-sdk/provider';
import { z } from 'zod';
import type { Clock } from '../../../shared/clock.ts';
import type { Scope } from '../../../shared/scope.ts';
import { formatTime } from '../../../shared/clock.ts';
import type { LoopLine, Say } from '../loop-line.ts';
import type { Tool } from '../tools/tool.ts';
import { askModel, type ModelAnswer } from './ask-model.ts';
import { argumentsOf, callTool } from './call-tool.ts';
import { compact } from './compact.ts';
import { estimate, promptOf, userMessage, withMessages, type Conversation } from './conversation.ts';
import type { ModelFailure } from './model-failure.ts';
import { createRepeatGuard } from './repeat-guard.ts';
import { systemPrompt } from './system-prompt.ts';
import { sayUsage } from './say-usage.ts';
import { withRetries, type Tried } from './with-retries.ts';

type End = Omit<Extract<LoopLine, { type: 'end' }>, 'type'>;

export interface TurnParts {
  readonly model: LanguageModelV4;
  readonly tools: readonly Tool[];
  readonly callLimit: number;
  /** Tokens the model can hold, asked for again after each call until it is known. */
  readonly contextTokens: () => Promise<number | null>;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly say: Say;
  /** Called whenever the conversation has grown by a whole exchange. */
  readonly save: (conversation: Conversation) => void;
}

/** Part of the model's memory at which the older conversation is put into words. */
const FULL = 0.75;
const MOST_OVERFLOWS = 2;
const MOST_NUDGES = 2;
const WRITING_EVERY_MS = 5_000;
const MOST_TEXT = 200_000;

/**
 * One turn: the model is asked, what it calls is done under the path policy, and it is asked again, until it answers in words alone or a
 * limit ends it. The conversation is saved after each exchange, so that whatever ends the turn, a later one goes on from there.
 */
export async function runTurn(parts: TurnParts, begun: Conversation): Promise<End> {
  const { model, tools, say, clock, signal } = parts;
  const system = systemPrompt(tools);
  const offered = tools.map(offer);
  const guard = createRepeatGuard();
  const calledOff = (): boolean => signal.aborted;
  let talk = begun;
  let overflows = 0;
  let nudges = 0;
  let used: { tokens: number; estimated: number } | null = null;

  const ask = (
    prompt: Parameters<typeof askModel>[1]['prompt'],
    withTools: boolean,
  ): Promise<Tried<ModelAnswer>> => {
    let toldAt = clock.monotonic();
    const writing = (characters: number): void => {
      if (clock.monotonic() - toldAt < WRITING_EVERY_MS) return;
      toldAt = clock.monotonic();
      say({ type: 'writing', characters });
    };
    return withRetries(() => askModel(model, { prompt, tools: withTools ? offered : [], signal, writing }), {
      model: model.modelId,
      clock,
      scope: parts.scope,
      say,
      cancelled: () => signal.aborted,
    });
  };
  const shorten = async (context: number | null): Promise<boolean> => {
    const shorter = await compact(talk, context, (prompt) => ask(prompt, false), say);
    if (shorter === null) return false;
    say({ type: 'note', text: 'The conversation grew long: its older part was summarised.' });
    talk = shorter;
    used = null;
    parts.save(talk);
    return true;
  };

  for (let calls = 0; calls < parts.callLimit; calls += 1) {
    const context = await parts.contextTokens();
    // What the endpoint counted last, and an estimate of what came since.
    const now = estimate(promptOf(system, talk)) + estimate(offered);
    const size = used === null ? now : used.tokens + Math.max(0, now - used.estimated);
    if (context !== null && size > context * FULL) await shorten(context);

    const before = estimate(promptOf(system, talk)) + estimate(offered);
    const asked = await ask(promptOf(system, talk), true);
    if (calledOff()) return ended('no_result', 'The turn was called off.');
    if (!asked.ok) {
      const { failure } = asked;
      if (failure.class !== 'context_overflow' || overflows >= MOST_OVERFLOWS) return endedBy(failure, clock);
      overflows += 1;
      if (!(await shorten(context))) return endedBy(failure, clock);
      continue;
    }
    const answer = asked.value;
    sayUsage(answer, say, calls === 0);
    if (answer.usage?.inputTokens.total !== undefined)
      used = {
        tokens: answer.usage.inputTokens.total,
        estimated: before,
      };
    if (answer.reasoning.trim() !== '')
      say({ type: 'reasoning', text: answer.reasoning.slice(0, MOST_TEXT) });
    if (answer.text.trim() !== '') say({ type: 'text', text: answer.text.slice(0, MOST_TEXT) });
    if (answer.finish === 'content-filter')
      return ended('refused', answer.text || 'The endpoint filtered the answer.');

    if (answer.calls.length === 0) {
      const whole = answer.text.trim() !== '' && answer.finish !== 'length';
      if (whole) {
        talk = withMessages(talk, [said(answer)]);
        parts.save(talk);
        return ended('ok', '');
      }
      nudges += 1;
      if (nudges > MOST_NUDGES)
        return ended('no_result', 'The model ended its answer before it had said or done anything.');
      talk = withMessages(talk, [
        ...(answer.text === '' ? [] : [said(answer)]),
        userMessage(answer.text === '' ? NOTHING_SAID : CUT_OFF),
      ]);
      continue;
    }

    const results = [];
    let stop = false;
    for (const call of answer.calls) {
      const verdict = guard.judge(call.tool, call.input);
      stop ||= verdict === 'stop';
      results.push(await callTool(call, { tools, verdict: verdict === 'run' ? 'run' : 'refuse', say }));
      if (calledOff()) return ended('no_result', 'The turn was called off.');
    }
    talk = withMessages(talk, [said(answer), { role: 'tool', content: results }]);
    parts.save(talk);
    if (stop) return ended('no_result', 'The model made the same call over and over, so the turn was ended.');
  }
  return ended('turn_limit', `The model was called ${String(parts.callLimit)} times, which is the limit.`);
}

const NOTHING_SAID = 'You said nothing and called no tool. Go on with the task, or say that you are done.';
const CUT_OFF = 'Your answer was cut off. Go on, in shorter pieces.';

function said(answer: ModelAnswer): Parameters<typeof withMessages>[1][number] {
  return {
    role: 'assistant',
    content: [
      ...(answer.text === '' ? [] : [{ type: 'text' as const, text: answer.text }]),
      ...answer.calls.map((call) => ({
        type: 'tool-call' as const,
        toolCallId: call.id,
        toolName: call.tool,
        // Endpoints read it again, and some fail on what is no object.
        input: argumentsOf(call) ?? {},
      })),
    ],
  };
}

function offer(tool: Tool): LanguageModelV4FunctionTool {
  const { $schema: _, ...schema } = z.toJSONSchema(tool.input, { io: 'input' });
  return {
    type: 'function',
    name: tool.name,
    description: tool.description,
    inputSchema: schema as LanguageModelV4FunctionTool['inputSchema'],
  };
}

function ended(kind: End['class'], message: string): End {
  return { class: kind, message, resetsAt: null };
}

function endedBy(failure: ModelFailure, clock: Clock): End {
  const resetsAt =
    failure.class === 'rate_limited' && failure.retryAfterMs !== null
      ? formatTime(clock.now() + failure.retryAfterMs)
      : null;
  return { class: failure.class, message: failure.message, resetsAt };
}
