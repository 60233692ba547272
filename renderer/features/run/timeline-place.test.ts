import { expect, test } from 'vitest';
import type { Call } from '../../../preload/contract/operations.ts';
import { runScript } from '../../../test/fixtures/run-timeline.ts';
import { createHandClock } from '../../client/hand-clock.ts';
import { createEventFeed } from './event-feed.ts';
import { createTimeline } from './timeline-model.ts';
import { holdsFound, placeOfEvent } from './timeline-place.ts';
import type { RunEvent } from './run-types.ts';

const script = runScript()
  .add('step_started', { step: 1, of: 2, title: 'One' })
  .call('a', 'read_file', { path: 'a.ts' }, true, 1)
  .call('b', 'read_file', { path: 'b.ts' }, true, 1)
  .add('message', { step: 1, text: 'done' })
  .add('usage', { step: 1, tokensIn: 1, tokensOut: 1, tokensCached: 0, costMicroUsd: 0 })
  .add('step_ended', { step: 1, result: 'done', durationMs: 1 });
const timeline = createTimeline();
timeline.append(script.events);
const seqOf = (type: RunEvent['type'], nth = 0): number =>
  script.events.filter((event) => event.type === type)[nth]?.seq ?? 0;

test('an event lies in its row, with the step and the fold that must be open for it', () => {
  const step = `e${String(seqOf('step_started'))}`;
  const call = `e${String(seqOf('tool_call', 1))}`;
  const fold = `fe${String(seqOf('tool_call'))}`;
  expect(placeOfEvent(timeline, seqOf('tool_call', 1))).toEqual({ key: call, step, fold });
  expect(placeOfEvent(timeline, seqOf('tool_result', 1))).toEqual({ key: call, step, fold });
  expect(placeOfEvent(timeline, seqOf('step_started'))).toEqual({
    key: step,
    step: undefined,
    fold: undefined,
  });
});

test('an event without a row of its own is shown by the row before it, and one that was not read by none', () => {
  expect(placeOfEvent(timeline, seqOf('usage'))?.key).toBe(`e${String(seqOf('message'))}`);
  expect(placeOfEvent(timeline, 9_999)).toBeUndefined();
});

test('a fold holds what its calls hold', () => {
  const fold = timeline.slots[0]?.children?.find(({ entry }) => entry.kind === 'fold')?.entry;
  expect(fold && holdsFound(fold, new Set([seqOf('tool_result')]))).toBe(true);
  expect(fold && holdsFound(fold, new Set([seqOf('message')]))).toBe(false);
});

test('earlier events are read until the one that is wanted is there, and no further', async () => {
  const events = Array.from({ length: 14_000 }, (_, at): RunEvent => ({
    seq: at + 1,
    type: 'message',
    payload: { step: 1, text: 'x' },
    createdAt: '2026-01-01T00:00:00.000Z',
  }));
  const asked: (number | undefined)[] = [];
  const call = ((_: string, input: { before?: number; limit: number }) => {
    asked.push(input.before);
    const end = (input.before ?? events.length + 1) - 1;
    return Promise.resolve({
      ok: true,
      value: { events: events.slice(Math.max(0, end - input.limit), end), lastSeq: 14_000 },
    });
  }) as unknown as Call;
  const clock = createHandClock();
  const feed = createEventFeed({ call, clock, runId: 'r', lastSeq: 14_000 });
  const stop = feed.start();
  await clock.advance(100);
  expect(feed.snapshot().timeline.firstSeq).toBe(13_001);
  feed.reach(5_000);
  for (let turn = 0; turn < 5; turn += 1) await clock.advance(100);
  expect(feed.snapshot().timeline.firstSeq).toBe(3_001);
  expect(asked).toEqual([14_001, 13_001, 8_001]);
  stop();
});
