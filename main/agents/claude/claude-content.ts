import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { boundInput } from '../bound-input.ts';
import { isObject, objectAt, objectsAt, textAt } from '../json-event.ts';
import { shownPath } from '../relative-path.ts';

/** The blocks of a message as events: words, thoughts, calls of tools and what they gave. */
export function eventsOfContent(step: number, content: unknown): NewRunEvent[] {
  if (typeof content === 'string')
    return content === '' ? [] : [{ type: 'message', payload: { step, text: content } }];
  if (!Array.isArray(content)) return [];
  return content.filter(isObject).flatMap((block): NewRunEvent[] => {
    switch (block['type']) {
      case 'text':
        return textAt(block, 'text') === ''
          ? []
          : [{ type: 'message', payload: { step, text: textAt(block, 'text') } }];
      case 'thinking':
        return textAt(block, 'thinking') === ''
          ? []
          : [{ type: 'reasoning', payload: { step, text: textAt(block, 'thinking') } }];
      case 'tool_use':
      case 'server_tool_use':
      case 'mcp_tool_use':
        return [
          {
            type: 'tool_call',
            payload: {
              step,
              id: textAt(block, 'id'),
              tool: textAt(block, 'name'),
              input: boundInput(block['input']),
            },
          },
        ];
      case 'tool_result':
      case 'mcp_tool_result':
        return [
          {
            type: 'tool_result',
            payload: {
              step,
              id: textAt(block, 'tool_use_id'),
              ok: block['is_error'] !== true,
              output: resultText(block['content']),
            },
          },
        ];
      default:
        return [];
    }
  });
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map((part) => textAt(part, 'text') || `[${textAt(part, 'type') || 'data'}]`)
    .join('\n');
}

/** The file that a tool wrote, from what Claude Code says of its result; null when it wrote none. */
export function fileChangeOf(step: number, worktree: string, told: JsonObject): NewRunEvent | null {
  const result = objectAt(told, 'tool_use_result');
  const path = textAt(result, 'filePath');
  if (result === undefined || path === '') return null;
  const created = result['type'] === 'create';
  const patch = objectsAt(result, 'structuredPatch');
  if (!created && patch.length === 0) return null;
  const lines = patch.flatMap((hunk) => {
    const kept = hunk['lines'];
    return Array.isArray(kept) ? kept.filter((line) => typeof line === 'string') : [];
  });
  const written = created && lines.length === 0 ? countLines(textAt(result, 'content')) : 0;
  return {
    type: 'file_change',
    payload: {
      step,
      path: shownPath(worktree, path),
      change: created ? 'added' : 'modified',
      additions: written + lines.filter((line) => line.startsWith('+')).length,
      deletions: lines.filter((line) => line.startsWith('-')).length,
    },
  };
}

function countLines(text: string): number {
  if (text === '') return 0;
  const breaks = text.split('\n').length;
  return text.endsWith('\n') ? breaks - 1 : breaks;
}
