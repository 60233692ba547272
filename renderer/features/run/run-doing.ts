import { parseTime } from '../../client/clock.ts';
import { timeOfDay } from './clock-words.ts';
import { firstLine } from './event-payload.ts';
import { plainText } from './plain-text.ts';
import { retryWhen } from './retry-words.ts';
import type { RunRow } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.list.doing;

/** One line about what a run is doing or waits for, or how it came out: the cause, not only that it failed. `now`: ms since 1970. */
export function runDoing(row: RunRow, now: number): string {
  switch (row.status) {
    case 'draft':
      return words.draft;
    case 'queued':
      if (row.notBefore && parseTime(row.notBefore) > now)
        return strings.retry.row(retryWhen(row.notBefore, now));
      if (row.startsAbout)
        return words.startsAbout(timeOfDay(parseTime(row.startsAbout)), firstLine(row.waiting ?? ''));
      return firstLine(row.waiting ?? '') || words.queued;
    case 'running':
      return words.running(row.step, row.maxSteps);
    case 'validating':
      return words.validating(row.step);
    case 'blocked':
      return words.blocked(plainText(firstLine(row.question ?? '')) || strings.callout.noQuestion);
    case 'paused':
      return words.paused(row.step);
    case 'review':
      return words.review(row.filesChanged);
    case 'failed':
    case 'timeout':
      return firstLine(row.error ?? '') || strings.callout.unknownCause;
    case 'applied':
      return row.rolledBackAt ? words.rolledBack : '';
    case 'completed':
      return words.nothing;
    default:
      return firstLine(row.error ?? '');
  }
}
