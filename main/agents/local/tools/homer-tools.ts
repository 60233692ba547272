import { randomUUID } from 'node:crypto';
import { replyWords } from '../../../domain/agent/reply-words.ts';
import { agentTools, doorRequestSchema, type AgentTool, type AskHost } from '../../../domain/agent/tools.ts';
import { toolOf, type Tool } from './tool.ts';

/** The tools other agents have by the MCP server of Homer: the same names, words and inputs, asked of the host without one. */
export function homerTools(ask: AskHost, signal: AbortSignal): readonly Tool[] {
  const names = Object.keys(agentTools) as AgentTool[];
  return names.map((name) => {
    const { description, input } = agentTools[name];
    return toolOf<object>({
      name,
      description,
      input,
      async run(given) {
        const request = doorRequestSchema.parse({ tool: name, id: randomUUID(), input: given });
        const { ok, text } = replyWords(await ask(request, signal));
        return { ok, output: text };
      },
    });
  });
}
