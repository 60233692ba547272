import { firstLine } from './event-payload.ts';
import type { RunEvent } from './run-types.ts';

/** What a tool does to the work, judged by its name: agents name theirs differently, readers want few kinds. */
export type ToolKind = 'read' | 'edit' | 'search' | 'run' | 'web' | 'other';

const kinds: readonly (readonly [ToolKind, RegExp])[] = [
  ['search', /grep|glob|search|find|list|ls$/i],
  ['web', /web|fetch|http|browse/i],
  ['edit', /edit|write|patch|create|replace|delete|move/i],
  ['read', /read|view|open|cat|show/i],
  ['run', /bash|shell|exec|run|terminal|command|task/i],
];

export function toolKind(tool: string): ToolKind {
  return kinds.find(([, pattern]) => pattern.test(tool))?.[0] ?? 'other';
}

/** Fields that say most about a call, most telling first. */
const telling = ['command', 'file_path', 'path', 'pattern', 'query', 'url', 'description', 'prompt', 'file'];

/** One line about the input of a call: the command, the path, the pattern; else its JSON. */
export function toolSummary(event: RunEvent): string {
  const input = event.payload['input'];
  if (typeof input === 'string') return firstLine(input);
  if (typeof input !== 'object' || input === null) return input === undefined ? '' : JSON.stringify(input);
  if (!Array.isArray(input))
    for (const field of telling) {
      const value = input[field];
      if (typeof value === 'string' && value !== '') return firstLine(value);
      if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(' ');
    }
  return JSON.stringify(input).slice(0, 400);
}

/** The file a call is about; empty when it is about something else. */
export function toolTarget(event: RunEvent): string {
  const input = event.payload['input'];
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return '';
  const path = input['file_path'] ?? input['path'] ?? input['file'];
  return typeof path === 'string' ? path : '';
}
