import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../domain/primitives.ts';
import { runEventPayloads, type NewRunEvent } from '../domain/run/run-event.ts';
import { boundInput } from './bound-input.ts';
import { countAt, jsonOfLine, numberAt } from './json-event.ts';
import { createTurnAccount } from './turn-account.ts';

/** A number as a program may write it: also such as no number holds, and such as are none. */
const written = fc.oneof(
  fc.double().map((value) => JSON.stringify(value)),
  fc.bigInt().map(String),
  fc
    .tuple(fc.integer(), fc.integer({ min: -400, max: 400 }))
    .map(([digits, by]) => `${String(digits)}e${String(by)}`),
  fc.constantFrom('1e999', '-1e999', '9007199254740993', '"12"', 'true', 'null', '[]'),
);

const lineOf = (text: string): JsonObject => {
  const line = jsonOfLine({ stream: 'stdout', text: `{"figure":${text}}`, dropped: 0 });
  if (!line) throw new Error(`not read: ${text}`);
  return line;
};

it('takes a whole number that can be counted with from whatever a program writes', () => {
  fc.assert(
    fc.property(written, (text) => {
      const count = countAt(lineOf(text), 'figure');
      expect(Number.isSafeInteger(count)).toBe(true);
      expect(count).toBeGreaterThanOrEqual(0);
      const number = numberAt(lineOf(text), 'figure');
      expect(number === null || Math.abs(number) <= Number.MAX_SAFE_INTEGER).toBe(true);
    }),
  );
});

it('shows the input of a tool call without a number that no store holds', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 5 }), (texts) => {
      const line = JSON.parse(`{"deep":{"list":[${texts.join(',')}]}}`) as JsonObject;
      const payload = { step: 1, id: 'a', tool: 't', input: boundInput(line) };
      expect(runEventPayloads.tool_call.safeParse(payload).success).toBe(true);
      const numbers: number[] = [];
      JSON.stringify(payload.input, (_, value: unknown) => {
        if (typeof value === 'number') numbers.push(value);
        return value;
      });
      expect(numbers.filter((value) => !(Math.abs(value) <= Number.MAX_SAFE_INTEGER))).toEqual([]);
    }),
  );
});

it('adds up whatever figures a turn is told to a whole number', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 20 }), fc.double(), (figures, wait) => {
      const events: NewRunEvent[] = [];
      const emit = (event: NewRunEvent): void => void events.push(event);
      const account = createTurnAccount({ step: 1, label: 'Agent', worktree: '' });
      for (const value of figures)
        account.used({ tokensIn: Math.round(value), tokensOut: 1, costMicroUsd: Math.round(value) }, emit);
      account.retry('again', wait, emit);
      for (const event of events)
        expect(runEventPayloads[event.type].safeParse(event.payload).success).toBe(true);
      const { tokensIn, costMicroUsd } = account.ending({ code: 0, signal: null });
      expect(Number.isSafeInteger(tokensIn) && Number.isSafeInteger(costMicroUsd ?? 0)).toBe(true);
    }),
  );
});
