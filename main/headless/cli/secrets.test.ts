import { describe, expect, it } from 'vitest';
import { FailureError } from '../../shared/result.ts';
import { createCliSession } from '../testing/cli-session.ts';
import type { InStream, OutStream } from './io.ts';
import { readHidden } from './read-hidden.ts';

/** A terminal at which these pieces are typed. */
function terminal(pieces: string[]) {
  const raw: boolean[] = [];
  let shown = '';
  const stdin: InStream = {
    isTTY: true,
    setRawMode: (on) => raw.push(on),
    [Symbol.asyncIterator]: async function* () {
      for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
    },
  };
  const stderr: OutStream = {
    write: (text) => {
      shown += text;
      return true;
    },
    on: () => undefined,
  };
  return { stdin, stderr, raw, shown: () => shown };
}

describe('a value typed at a terminal', () => {
  it.each([
    [['hunter2\r'], 'hunter2'],
    [['hun', 'ter', '2', '\r', 'more'], 'hunter2'],
    [['hunterr\u007f2\n'], 'hunter2'],
    [['  spaces  \r'], '  spaces  '],
  ])('is read from %j, and never shown', async (pieces, value) => {
    const at = terminal(pieces);
    expect(await readHidden(at.stdin, at.stderr, 'Value: ')).toBe(value);
    expect(at.shown()).toBe('Value: \n');
    expect(at.raw).toEqual([true, false]);
  });

  it.each([[['hun\u0003ter\r']], [['\u0004']], [['no end']]])('is called off by %j', async (pieces) => {
    const at = terminal(pieces);
    await expect(readHidden(at.stdin, at.stderr, 'Value: ')).rejects.toBeInstanceOf(FailureError);
    expect(at.raw).toEqual([true, false]);
  });
});

describe('homer secrets', () => {
  it('takes the value from standard input, without its last line break, and from no argument', async () => {
    const session = createCliSession();
    await session.run(['secrets', 'set', 'github/token'], { piped: 'two\nlines\n' });
    expect(session.standIn.reached.at(-1)).toMatchObject({
      name: 'secret.set',
      input: { name: 'github/token', value: 'two\nlines' },
    });
    const { code } = await session.run(['secrets', 'set', 'github/token', 'hunter2']);
    expect(code).toBe(2);
  });

  it('refuses an empty value and a name that cannot be used', async () => {
    const session = createCliSession();
    expect((await session.run(['secrets', 'set', 'x'], { piped: '\n' })).code).toBe(2);
    expect((await session.run(['secrets', 'set', '../x'], { piped: 'v' })).code).toBe(2);
    expect(session.standIn.reached).toEqual([]);
  });

  it('asks before it deletes at a terminal', async () => {
    const session = createCliSession();
    expect((await session.run(['secrets', 'delete', 'x'], { columns: 80, answer: 'n' })).code).toBe(1);
    expect(session.standIn.reached).toEqual([]);
  });
});
