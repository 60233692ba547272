import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEventPayloads, type NewRunEvent } from '../../domain/run/run-event.ts';
import type { ChildExit, OutputStream, ParsedEnding, TurnContext, TurnParser } from '../executor.ts';

/** What a parser made of one recorded turn. */
export interface ReadSample {
  readonly events: readonly NewRunEvent[];
  readonly ending: ParsedEnding;
  /** Whether the parser said, at some line, that nothing good is to be expected any more. */
  readonly over: boolean;
  /** Types of the events but plain output, those that follow one another counted once. */
  readonly types: readonly string[];
  /** One field of all events of a type, in their order. */
  told(type: NewRunEvent['type'], field: string): unknown[];
}

export const sampleTurn: TurnContext = {
  runId: 'run-1',
  step: 1,
  attempt: 1,
  worktree: '/home/owner/tree',
  model: null,
  sessionId: null,
  reported: null,
  turnLimit: null,
  home: null,
};

/** Lines as a parser is given them, from recorded output: `<name>.jsonl`, and `<name>.stderr.txt` where there is one. */
export function sampleLines(folder: string, name: string): [OutputStream, string][] {
  const linesOf = (stream: OutputStream, file: string): [OutputStream, string][] => {
    const path = join(folder, file);
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    return text
      .split('\n')
      .flatMap((line, index, all): [OutputStream, string][] =>
        line === '' && index === all.length - 1 ? [] : [[stream, line]],
      );
  };
  return [...linesOf('stderr', `${name}.stderr.txt`), ...linesOf('stdout', `${name}.jsonl`)];
}

/** Feeds lines to a parser; a text alone is one of standard output. Every event is held against its schema, as it would stand in the store. */
export function readLines(
  parser: TurnParser,
  lines: readonly (string | readonly [OutputStream, string])[],
  exit: Partial<ChildExit> | number = {},
): ReadSample {
  const events: NewRunEvent[] = [];
  let over = false;
  for (const line of lines) {
    const [stream, text] = typeof line === 'string' ? (['stdout', line] as const) : line;
    const said = parser.line({ stream, text, dropped: 0 }, (event) => {
      runEventPayloads[event.type].parse(JSON.parse(JSON.stringify(event.payload)));
      events.push(event);
    });
    over ||= said === 'over';
  }
  const types = events.map(({ type }) => type).filter((type) => type !== 'output');
  return {
    events,
    over,
    types: types.filter((type, at) => type !== types[at - 1]),
    ending: parser.ending(
      typeof exit === 'number'
        ? { code: exit, signal: null }
        : { code: exit.signal ? null : 0, signal: null, ...exit },
    ),
    told: (type, field) =>
      events
        .filter((event) => event.type === type)
        .map((event) => (event.payload as Readonly<Record<string, unknown>>)[field]),
  };
}
