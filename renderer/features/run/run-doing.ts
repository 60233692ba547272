import { firstLine } from './event-payload.ts';
import type { RunRow } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.list.doing;

/** One line about what a run is doing, or how it came out: the cause, not only that it failed. */
export function runDoing(row: RunRow): string {
  switch (row.status) {
    case 'draft':
      return words.draft;
    case 'queued':
      return firstLine(row.waiting ?? '') || words.queued;
    case 'running':
      return words.running(row.step, row.maxSteps);
    case 'validating':
      return words.validating(row.step);
    case 'blocked':
      return words.blocked(firstLine(row.question ?? '') || strings.callout.noQuestion);
    case 'paused':
      return words.paused(row.step);
    case 'review':
      return words.review(row.filesChanged);
    case 'failed':
    case 'timeout':
      return firstLine(row.error ?? '') || strings.callout.unknownCause;
    case 'completed':
      return words.nothing;
    default:
      return firstLine(row.error ?? '');
  }
}
