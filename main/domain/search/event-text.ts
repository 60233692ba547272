import type { JsonObject } from '../primitives.ts';
import type { RunEventType } from '../run/run-event.ts';

/** What of one event is indexed at most: its beginning and its end. */
const LIMIT = { head: 3_000, tail: 1_000 };

type Payload = JsonObject;
const words =
  (...fields: readonly string[]) =>
  (payload: Payload): string =>
    fields.map((field) => flat(payload[field])).join('\n');

/**
 * The words of an event that somebody may look for: what was said, called, answered, changed, tested, refused, and went wrong. Starts,
 * ends, figures and the runtime's own notes have none.
 */
const worthFinding: Partial<Record<RunEventType, (payload: Payload) => string>> = {
  status_changed: words('reason'),
  attempt_started: words('feedback'),
  setup_ended: words('command', 'output'),
  step_started: words('title'),
  output: words('text'),
  message: words('text'),
  reasoning: words('text'),
  tool_call: words('tool', 'input'),
  tool_result: words('output'),
  file_change: words('path'),
  error: words('message', 'tag'),
  policy_checked: words('violations'),
  test_ended: words('command', 'output', 'note'),
  directive: words('text'),
  question: words('text'),
  answer: words('text'),
  permission: words('tool', 'text', 'note'),
  applied: words('target', 'commit'),
  stage_started: words('title', 'stage'),
  stage_ended: words('reason'),
  joined: words('conflicts'),
};

/** The types that have words at all. */
export const searchedTypes = Object.keys(worthFinding) as RunEventType[];

/** Empty: nothing of this event is worth finding. */
export function eventText(type: RunEventType, payload: Payload): string {
  const text = (worthFinding[type]?.(payload) ?? '').trim();
  if (text.length <= LIMIT.head + LIMIT.tail) return text;
  return `${text.slice(0, LIMIT.head)}\n…\n${text.slice(-LIMIT.tail)}`;
}

/** The texts in a value of JSON, one to a line; names of fields are not among them. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value)
    .map(flat)
    .filter((text) => text !== '')
    .join('\n');
}
