import { describe, expect, it } from 'vitest';
import { eventText } from './event-text.ts';
import { cutSnippet, findRanges } from './find-ranges.ts';
import { matchExpression, readTerms } from './terms.ts';

const marked = (text: string, typed: string): string[] =>
  findRanges(text, readTerms(typed)).ranges.map(([from, to]) => text.slice(from, to));

describe('what a person typed', () => {
  it('is never syntax, whatever it holds', () => {
    const expressions = [
      'a AND b',
      'title:x',
      'NEAR(a b)',
      '* ^ + -',
      "o'hara (",
      'a"',
      '{x y}: z',
      '\u0000x',
    ].map((typed) => matchExpression(readTerms(typed)));
    expect(expressions).toEqual([
      '"a" "and"* "b"',
      '"title x"',
      '"near a" "b"',
      '',
      '"o hara"*',
      '"a"',
      '"x" "y" "z"',
      '"x"',
    ]);
  });
  it('is a phrase in quotation marks, and words that may go on outside of them', () => {
    expect(readTerms('sched "Main Loop')).toEqual([
      { words: ['sched'], prefix: true },
      { words: ['main', 'loop'], prefix: false },
    ]);
  });
});

describe('what was found', () => {
  it('is marked where it stands, accents or none, by beginnings of words', () => {
    expect(marked('Crème the Schedule, reschedule SCHEDULER', 'sched creme')).toEqual([
      'Crème',
      'Schedule',
      'SCHEDULER',
    ]);
    expect(marked('in src/queue.ts and queue-ts', 'queue.ts')).toEqual(['queue.ts', 'queue-ts']);
    expect(marked('main loop, main looper', '"main loop"')).toEqual(['main loop']);
    expect(marked('İstanbul 🙂 naïve', 'naive')).toEqual(['naïve']);
  });
  it('is shown in a line around the first of it, whose ranges still fit', () => {
    const text = `${'before '.repeat(40)}needle\n\tin the hay ${'after '.repeat(60)}`;
    const { ranges } = findRanges(text, readTerms('needle hay'));
    const cut = cutSnippet(text, ranges);
    expect(cut.ranges.map(([from, to]) => cut.text.slice(from, to))).toEqual(['needle', 'hay']);
    expect(cut.text).toMatch(/^…before .*needle {2}in the hay after .*…$/u);
    expect(cut.text.length).toBeLessThanOrEqual(162);
  });
});

describe('the words of an event', () => {
  it('are the values of a tool call, not the names of its fields', () => {
    expect(
      eventText('tool_call', { id: 'x', tool: 'shell', input: { command: ['npm', 'test'], cwd: null } }),
    ).toBe('shell\nnpm\ntest');
  });
  it('are bounded, and none where nothing is worth finding', () => {
    const long = eventText('tool_result', { id: 'x', ok: false, output: `first${'x'.repeat(9_000)}last` });
    expect([long.startsWith('first'), long.endsWith('last'), long.length < 4_100]).toEqual([
      true,
      true,
      true,
    ]);
    expect(eventText('usage', { tokensIn: 5 })).toBe('');
  });
});
