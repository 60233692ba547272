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

/** Feeds lines to a parser. Every event is held against its schema, as it would stand in the store. */
export function readLines(
  parser: TurnParser,
  lines: readonly (readonly [OutputStream, string])[],
  exit: Partial<ChildExit> = {},
): ReadSample {
  const events: NewRunEvent[] = [];
  let over = false;
  for (const [stream, text] of lines) {
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
    ending: parser.ending({ code: exit.signal ? null : 0, signal: null, ...exit }),
  };
}
