import type { JsonObject } from '../../domain/primitives.ts';
import { objectAt, objectsAt, textAt } from '../json-event.ts';

/** Items of the app server and what `exec` calls them; all others are no part of the timeline. */
const TYPES: Readonly<Record<string, string>> = {
  agentMessage: 'agent_message',
  commandExecution: 'command_execution',
  fileChange: 'file_change',
  mcpToolCall: 'mcp_tool_call',
  plan: 'agent_message',
  reasoning: 'reasoning',
  webSearch: 'web_search',
};

/** An item of a thread as `exec` would have told it; undefined for one that says nothing of the work. */
export function execItemOf(item: JsonObject): JsonObject | undefined {
  if (item['type'] === 'collabAgentToolCall')
    return {
      type: 'mcp_tool_call',
      id: textAt(item, 'id'),
      server: 'codex',
      tool: textAt(item, 'tool'),
      arguments: { prompt: item['prompt'] ?? null },
      status: item['status'] ?? null,
    };
  const type = TYPES[textAt(item, 'type')];
  if (type === undefined) return undefined;
  const told = { ...item, type };
  switch (type) {
    case 'reasoning':
      return { ...told, text: [...textsAt(item, 'summary'), ...textsAt(item, 'content')].join('\n') };
    case 'command_execution':
      return {
        ...told,
        exit_code: item['exitCode'] ?? null,
        aggregated_output: item['aggregatedOutput'] ?? '',
      };
    case 'file_change':
      return {
        ...told,
        changes: objectsAt(item, 'changes').map((change) => ({
          ...change,
          kind: textAt(objectAt(change, 'kind'), 'type'),
        })),
      };
    default:
      return told;
  }
}

function textsAt(from: JsonObject, key: string): string[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}
