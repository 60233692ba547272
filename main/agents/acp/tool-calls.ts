import type { JsonObject } from '../../domain/primitives.ts';
import { isObject, objectAt, objectsAt, textAt } from '../json-event.ts';

/** A call of a tool, put together from all that was told of it so far. */
export interface AcpCall {
  readonly id: string;
  /** The tool's own name where the program tells it, else its kind. */
  readonly tool: string;
  /** As the protocol sorts tools: `read`, `edit`, `execute`, `fetch`, … */
  readonly kind: string;
  readonly title: string;
  readonly status: string;
  /** Null while nothing was told of it. */
  readonly input: JsonObject | null;
  /** The files it says it touches. */
  readonly paths: readonly string[];
  readonly diffs: readonly AcpDiff[];
  readonly output: string;
}

export interface AcpDiff {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Calls at once that are kept in mind; a program that never ends any of them is no reason to grow. */
const MOST_CALLS = 500;
const NAME = /^[\w.:-]+$/u;
/** Ids that begin with the name of the tool, such as `read_file__read_file_17_0`. */
const NAME_IN_ID = /^([a-z][a-z0-9_]*?)(?:__\1_|-)\d/u;

/** Keeps the calls of a turn by their ids. Each message tells what it knows; what it leaves out stays as it was. */
export function createToolCalls(): { note(told: JsonObject): AcpCall; forget(id: string): void } {
  const calls = new Map<string, AcpCall>();
  return {
    note(told) {
      const id = textAt(told, 'toolCallId');
      const before = calls.get(id);
      const call = merge(id, before, told);
      if (before === undefined && calls.size >= MOST_CALLS) {
        const [oldest] = calls.keys();
        if (oldest !== undefined) calls.delete(oldest);
      }
      calls.set(id, call);
      return call;
    },
    forget: (id) => void calls.delete(id),
  };
}

function merge(id: string, before: AcpCall | undefined, told: JsonObject): AcpCall {
  const title = textAt(told, 'title') || (before?.title ?? '');
  const kind = textAt(told, 'kind') || (before?.kind ?? '');
  const content = objectsAt(told, 'content');
  const texts = content
    .map((part) => textAt(objectAt(part, 'content'), 'text'))
    .filter((text) => text !== '');
  const diffs = content.filter((part) => part['type'] === 'diff').map(diffOf);
  const paths = objectsAt(told, 'locations')
    .map((one) => textAt(one, 'path'))
    .filter((path) => path !== '');
  // What is told before it runs is what it will do.
  const runs = ['in_progress', 'completed', 'failed'].includes(textAt(told, 'status'));
  const output = runs ? outputOf(told['rawOutput'], texts) : '';
  return {
    id,
    tool: nameOf(id, before, told) ?? (kind || 'tool'),
    kind,
    title,
    status: textAt(told, 'status') || (before?.status ?? ''),
    input: inputOf(told, texts) ?? before?.input ?? null,
    paths: paths.length > 0 ? paths : (before?.paths ?? []),
    diffs: diffs.length > 0 ? diffs : (before?.diffs ?? []),
    output: output || (runs && 'content' in told ? '' : (before?.output ?? '')),
  };
}

/** A title is a name only when it is first told: later it says what the tool does. */
function nameOf(id: string, before: AcpCall | undefined, told: JsonObject): string | undefined {
  const name = textAt(objectAt(told, '_meta'), 'toolName') || NAME_IN_ID.exec(id)?.[1];
  if (name) return name;
  if (before !== undefined) return before.tool;
  const title = textAt(told, 'title');
  return NAME.test(title) ? title : undefined;
}

/** Some programs tell the input as text that is still being written, before they tell it as it is. */
function inputOf(told: JsonObject, texts: readonly string[]): JsonObject | undefined {
  const raw = told['rawInput'];
  if (isObject(raw) && Object.keys(raw).length > 0) return raw;
  const [text] = texts;
  const status = told['status'];
  if (text?.startsWith('{') !== true || status === 'completed' || status === 'failed') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function outputOf(raw: unknown, texts: readonly string[]): string {
  if (texts.length > 0) return texts.join('\n');
  if (typeof raw === 'string') return raw;
  if (!isObject(raw)) return '';
  return textAt(raw, 'output') || textAt(raw, 'error') || textAt(raw, 'text');
}

function diffOf(part: JsonObject): AcpDiff {
  return { path: textAt(part, 'path'), before: textAt(part, 'oldText'), after: textAt(part, 'newText') };
}
