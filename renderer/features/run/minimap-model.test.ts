import { expect, test } from 'vitest';
import { runScript } from '../../../test/fixtures/run-timeline.ts';
import { storyRun } from '../../../test/fixtures/run-story.ts';
import { minimapOf, momentsOf } from './minimap-model.ts';
import { createAxis } from './timeline-axis.ts';
import { createTimeline } from './timeline-model.ts';

test('draws work where it happened, nothing where it waited, and marks what failed', () => {
  const events = storyRun();
  const timeline = createTimeline();
  timeline.append(events);
  const moments = events.map(({ createdAt }) => Date.parse(createdAt));
  const [start = 0, end = 0] = [moments[0], moments.at(-1)];
  const silences = timeline.slots.flatMap(({ entry }) =>
    entry.kind === 'gap' && entry.until !== null ? [{ from: entry.at, to: entry.until }] : [],
  );
  const axis = createAxis(start, end, silences);
  const map = minimapOf(momentsOf(timeline), axis, 100);
  expect(axis.folds).toHaveLength(1);
  const middle = Math.floor((((axis.folds[0]?.from ?? 0) + (axis.folds[0]?.to ?? 0)) / 2) * 100);
  expect(map.bars[middle]).toBe(0);
  expect(map.checkpoints).toHaveLength(3);
  expect(map.failed).toHaveLength(2);
  expect(Math.max(...map.bars)).toBe(1);
});

test('shows a long quiet test as work that goes on', () => {
  const script = runScript();
  script.add('test_started', { step: 1, command: 'npm test', when: 'after' });
  script.add(
    'test_ended',
    { step: 1, when: 'after', command: 'npm test', exitCode: 0, durationMs: 60_000, note: null, output: '' },
    60_000,
  );
  const timeline = createTimeline();
  timeline.append(script.events);
  const start = Date.parse(script.events[0]?.createdAt ?? '');
  const { bars } = minimapOf(momentsOf(timeline), createAxis(start, start + 60_000, []), 20);
  expect(bars.every((bar) => bar > 0)).toBe(true);
});
