import { expect, it } from 'vitest';
import { createEntryMemory } from './entry-memory.ts';

function storage(held: Record<string, string> = {}) {
  return {
    held,
    getItem: (key: string) => held[key] ?? null,
    setItem: (key: string, value: string) => {
      held[key] = value;
    },
  };
}

it('gives after a reload what views kept, and in a new window what they showed last alone', () => {
  const window = { sessionStorage: storage(), localStorage: storage() };
  const before = createEntryMemory(window);
  before.visits = 7;
  before.last = 3;
  before
    .of('3.7')
    .set('scroll', 420)
    .set('expanded', new Set(['a', 'b']))
    .set('peek', undefined);
  before.left.set('runs', { show: 'failed' });
  before.keep();

  const after = createEntryMemory(window);
  expect([after.visits, after.last]).toEqual([7, 3]);
  expect(after.of('3.7')).toEqual(
    new Map<string, unknown>([
      ['scroll', 420],
      ['expanded', new Set(['a', 'b'])],
    ]),
  );
  expect(after.of('2.6').size).toBe(0);

  const other = createEntryMemory({ ...window, sessionStorage: storage() });
  expect(other.left.get('runs')).toEqual({ show: 'failed' });
  expect(other.of('3.7').size).toBe(0);
});

it('keeps the entries that were visited last, and starts afresh from nonsense or without storage', () => {
  const window = { sessionStorage: storage(), localStorage: storage() };
  const memory = createEntryMemory(window);
  for (let at = 0; at < 60; at += 1) memory.of(`${String(at)}.0`).set('scroll', at);
  memory.of('0.0');
  memory.keep();
  const after = createEntryMemory(window);
  expect([0, 10, 59].map((at) => after.of(`${String(at)}.0`).get('scroll'))).toEqual([0, undefined, 59]);

  for (const text of [
    '{',
    '[]',
    '7',
    '{"entries":[["a",3],4],"visits":-2}',
    '{"runs":{"show":3},"goals":[]}',
  ]) {
    const nonsense = storage({ 'homer.entries': text, 'homer.left': text });
    const made = createEntryMemory({ sessionStorage: nonsense, localStorage: nonsense });
    expect([made.visits, made.of('a').size, made.left.get('runs'), made.left.get('goals')]).toEqual([
      0,
      0,
      undefined,
      undefined,
    ]);
  }
  const forbidden = {
    getItem: (): never => {
      throw new Error('no storage');
    },
    setItem: (): never => {
      throw new Error('no storage');
    },
  };
  createEntryMemory({ sessionStorage: forbidden, localStorage: forbidden }).keep();
});
