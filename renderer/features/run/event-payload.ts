import type { RunEvent } from './run-types.ts';

/** Reads a field of an event's payload. A missing or foreign field reads as empty, so that one odd event cannot hide the rest. */
export function text(event: RunEvent, field: string): string {
  const value = event.payload[field];
  return typeof value === 'string' ? value : '';
}

export function number(event: RunEvent, field: string): number | undefined {
  const value = event.payload[field];
  return typeof value === 'number' ? value : undefined;
}

export function flag(event: RunEvent, field: string): boolean {
  return event.payload[field] === true;
}

export function texts(event: RunEvent, field: string): string[] {
  const value = event.payload[field];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A list of objects; what is none of them is left out. */
export function records(event: RunEvent, field: string): Readonly<Record<string, unknown>>[] {
  const value = event.payload[field];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? [each] : [],
  );
}

export interface Violation {
  readonly path: string;
  readonly rule: string;
}

export function violations(event: RunEvent, field: 'violations' | 'notices' = 'violations'): Violation[] {
  const value = event.payload[field];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) =>
    typeof each === 'object' &&
    each !== null &&
    !Array.isArray(each) &&
    typeof each['path'] === 'string' &&
    typeof each['rule'] === 'string'
      ? { path: each['path'], rule: each['rule'] }
      : [],
  );
}

/** The first line that has words in it. */
export function firstLine(value: string): string {
  return /\S.*/.exec(value)?.[0].trimEnd() ?? '';
}

/** Lines by which an agent tells the runtime how its turn ended. They are protocol, not output. */
const protocolLine = /^[ \t]*TASK_STATE:.*(?:\r?\n|$)/gm;

/** What a process wrote, without the lines that are meant for the runtime. */
export function outputText(event: RunEvent): string {
  return text(event, 'text').replaceAll(protocolLine, '');
}
