import type { Briefing } from '../domain/briefing/briefing.ts';
import { formatTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import { getIntent } from '../store/intent-store.ts';
import { listRunRows } from '../store/run-row-store.ts';
import { listDueBefore } from '../store/schedule-range-store.ts';
import { scheduleOf } from './intent-view.ts';
import { withWaiting } from './waiting.ts';

const DAY_MS = 86_400_000;
const MOST = 8;

/** What is in the queue, and what comes due within a day, the first to come first. */
export function whatComes(read: Read, now: number, projectId?: string): NonNullable<Briefing['next']> {
  const queued = listRunRows(read, { statuses: ['queued'], projectId, limit: MOST });
  const runs = withWaiting(read, queued, formatTime(now)).map((run) => ({
    kind: 'run' as const,
    id: run.id,
    ref: `#${String(run.number)}`,
    title: run.name,
    at: run.notBefore ?? null,
    why: run.waiting ?? '',
  }));
  const due = listDueBefore(read, { to: formatTime(now + DAY_MS), projectId: projectId ?? null })
    .slice(0, MOST)
    .map((id) => {
      const intent = getIntent(read, id);
      return {
        kind: 'intent' as const,
        id,
        ref: '',
        title: intent.name,
        at: intent.nextDueAt,
        why: scheduleOf(read, intent, now, false).words,
      };
    });
  return [...runs, ...due];
}
