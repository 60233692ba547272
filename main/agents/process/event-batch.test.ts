import { describe, expect, it } from 'vitest';
import { createEventBatch, type EventBatch } from './event-batch.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';

const KB = 1024;
const line = (text: string): NewRunEvent => ({
  type: 'output',
  payload: { step: 1, stream: 'stdout', text },
});
const message = (text: string): NewRunEvent => ({ type: 'message', payload: { step: 1, text } });
function feed(batch: EventBatch, lines: number, make: () => NewRunEvent): NewRunEvent[] {
  const out: NewRunEvent[] = [];
  for (let at = 0; at < lines; at += 1) {
    batch.add(make(), KB);
    if (batch.full()) out.push(...batch.take());
  }
  return [...out, ...batch.take()];
}
const sizeOf = (events: readonly NewRunEvent[]): number => JSON.stringify(events).length;
const notes = (events: readonly NewRunEvent[]): unknown[] =>
  events.flatMap((event) => (event.type === 'output_capped' ? [event.payload.limitBytes] : []));

describe('what the timeline keeps of a flood', () => {
  const text = 'x'.repeat(KB - 1);

  it('is whole up to the limit, then a sample that says what it left out, and one event that says so', () => {
    const events = feed(createEventBatch(1, 100 * KB), 10_000, () => line(text));
    expect(notes(events)).toEqual([100 * KB]);
    // 100 KiB whole, then 2 KiB of each of nine and a half stretches of 1 MiB.
    expect(sizeOf(events)).toBeGreaterThan(100 * KB);
    expect(sizeOf(events)).toBeLessThan(130 * KB);
    const left = events.flatMap((event) =>
      event.type === 'output' ? [...event.payload.text.matchAll(/\[(\d+) bytes left out\]/g)] : [],
    );
    expect(left).toHaveLength(9);
    expect(Number(left[0]![1])).toBe(1_022 * KB);
  });

  it('keeps what the agent reports while its plain output is thinned, up to a limit of its own', () => {
    const batch = createEventBatch(1, 100 * KB);
    feed(batch, 1_000, () => line(text));
    const events = feed(batch, 1_000, () => message(text));
    expect(notes(events)).toEqual([400 * KB]);
    expect(events.filter((event) => event.type === 'message')).toHaveLength(400);
  });

  it('is the same however often the host was restarted', () => {
    const once = feed(createEventBatch(1, 100 * KB), 3_000, () => line(text));
    const first = createEventBatch(1, 100 * KB);
    const before = feed(first, 1_500, () => line(text));
    const second = createEventBatch(1, 100 * KB);
    for (let at = 0; at < 1_500; at += 1) second.pass(line(text), KB);
    const after = feed(second, 1_500, () => line(text));
    expect(notes([...before, ...after])).toEqual(notes(once));
    expect(sizeOf([...before, ...after])).toBeLessThan(sizeOf(once) + KB);
  });
});
