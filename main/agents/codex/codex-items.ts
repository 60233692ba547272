import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { boundInput } from '../bound-input.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../json-event.ts';
import { shownPath } from '../relative-path.ts';

const CHANGES = new Map([
  ['add', 'added'],
  ['delete', 'deleted'],
] as const);

/** What an item of a Codex turn is called with, for those that are tools; undefined for every other. */
export function callOf(step: number, item: JsonObject): NewRunEvent | undefined {
  const call = toolOf(item);
  if (call === undefined) return undefined;
  const input = boundInput(call.input);
  return { type: 'tool_call', payload: { step, id: textAt(item, 'id'), tool: call.tool, input } };
}

function toolOf(item: JsonObject): { tool: string; input: JsonObject } | undefined {
  switch (item['type']) {
    case 'command_execution':
      return { tool: 'shell', input: { command: textAt(item, 'command') } };
    case 'file_change':
      return { tool: 'apply_patch', input: { changes: item['changes'] ?? [] } };
    case 'mcp_tool_call':
      return {
        tool: [textAt(item, 'server'), textAt(item, 'tool')].filter((part) => part !== '').join('/'),
        input: { arguments: item['arguments'] ?? null },
      };
    case 'web_search':
      return { tool: 'web_search', input: { query: textAt(item, 'query') } };
    case 'todo_list':
      return { tool: 'plan', input: { items: item['items'] ?? [] } };
    default:
      return undefined;
  }
}

/** What an item came to: words, thoughts, the result of a tool with the files it changed. Undefined for an item that is not known. */
export function resultOf(step: number, worktree: string, item: JsonObject): NewRunEvent[] | undefined {
  const id = textAt(item, 'id');
  const failed = item['status'] === 'failed' || item['status'] === 'declined';
  switch (item['type']) {
    case 'agent_message':
      return [{ type: 'message', payload: { step, text: textAt(item, 'text') } }];
    case 'reasoning':
      return [{ type: 'reasoning', payload: { step, text: textAt(item, 'text') } }];
    case 'error':
      return [{ type: 'error', payload: { step, tag: 'agent_notice', message: textAt(item, 'message') } }];
    case 'command_execution': {
      const code = numberAt(item, 'exit_code');
      const output = textAt(item, 'aggregated_output');
      return [{ type: 'tool_result', payload: { step, id, ok: !failed && (code ?? 0) === 0, output } }];
    }
    case 'file_change':
      return [
        { type: 'tool_result', payload: { step, id, ok: !failed, output: '' } },
        ...(failed ? [] : objectsAt(item, 'changes')).map((it): NewRunEvent => {
          const change = CHANGES.get(textAt(it, 'kind') as 'add') ?? 'modified';
          const path = shownPath(worktree, textAt(it, 'path'));
          return { type: 'file_change', payload: { step, path, change, ...countLines(change, it) } };
        }),
      ];
    case 'mcp_tool_call': {
      const error = textAt(objectAt(item, 'error'), 'message');
      const given = objectsAt(objectAt(item, 'result'), 'content').map((part) => textAt(part, 'text'));
      const output = error || given.join('\n');
      return [{ type: 'tool_result', payload: { step, id, ok: !failed && error === '', output } }];
    }
    case 'web_search':
    case 'todo_list':
      return [{ type: 'tool_result', payload: { step, id, ok: !failed, output: '' } }];
    default:
      return undefined;
  }
}

/** Lines of a change, where its diff is told; git counts them when the step is over. A whole file is told as it stands. */
function countLines(
  change: 'added' | 'deleted' | 'modified',
  told: JsonObject,
): { additions: number; deletions: number } {
  const diff = textAt(told, 'diff');
  const lines = diff === '' ? [] : diff.replace(/\n$/u, '').split('\n');
  if (change === 'added') return { additions: lines.length, deletions: 0 };
  if (change === 'deleted') return { additions: 0, deletions: lines.length };
  const count = (sign: string): number =>
    lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  return { additions: count('+'), deletions: count('-') };
}
