import { runEventPayloads } from '../../domain/run/run-event.ts';
import type { ChildExit, TurnParser } from '../executor.ts';

const PIECES = [
  '',
  '\u0000',
  '"',
  '\\',
  '{',
  '}',
  '\u001b[31m',
  '\ud800',
  '\ufffd',
  '\u202e',
  '😀',
  'x'.repeat(3_000),
];
const VALUES = [null, 0, -1, '', 'x', [], {}, [null], [{ type: 'text' }], true, 1e300];
const EXITS: readonly ChildExit[] = [
  { code: 0, signal: null },
  { code: null, signal: null },
  { code: null, signal: 'SIGKILL' },
];

/**
 * Feeds lines that are cut, changed, of other types and mixed up, the same ones each time; holds every event to its schema, and the ending to be
 * there.
 */
export function tortureParser(create: () => TurnParser, lines: readonly string[], rounds = 2_000): void {
  let seed = 20_261_121;
  const pick = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const one = <T>(of: readonly T[]): T => of[pick(of.length)] as T;
  const broken = (line: string): string => {
    const from = pick(line.length + 1);
    return line.slice(0, from) + one(PIECES) + line.slice(from + pick(8));
  };
  const retyped = (line: string): string => {
    const at = 1 + pick(60);
    let found = 0;
    return JSON.stringify(JSON.parse(line), (key, it: unknown) => {
      if (key === '') return it;
      found += 1;
      return found === at ? one(VALUES) : it;
    });
  };
  for (let round = 0; round < rounds; round += 1) {
    const parser = create();
    for (let at = pick(8); at >= 0; at -= 1) {
      const text = pick(2) === 0 ? broken(one(lines)) : retyped(one(lines));
      const line = {
        stream: pick(4) === 0 ? 'stderr' : 'stdout',
        text,
        dropped: pick(20) === 0 ? 9 : 0,
      } as const;
      parser.line(line, (event) => {
        runEventPayloads[event.type].parse(event.payload);
      });
    }
    for (const exit of EXITS) {
      const ending = parser.ending(exit);
      if (typeof ending.message !== 'string' || !Number.isInteger(ending.tokensIn))
        throw new Error('no ending');
    }
  }
}
