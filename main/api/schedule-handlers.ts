import type { OutputOf } from '../../preload/contract/operations.ts';
import { daysFrom, localDate } from '../domain/insight/local-days.ts';
import { mayMove } from '../runtime/plan-move.ts';
import { plannedIn } from '../runtime/planned-times.ts';
import { parseTime } from '../shared/clock.ts';
import { ok } from '../shared/result.ts';
import { ownerZone } from '../store/account-window-store.ts';
import { runLines } from '../store/intent-row-store.ts';
import { getIntent } from '../store/intent-store.ts';
import { listMoved } from '../store/moved-time-store.ts';
import { getProject } from '../store/project-store.ts';
import { expectedOf, listDueBefore, listRangeMissed, listRangeRuns } from '../store/schedule-range-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { scheduleOf } from './intent-view.ts';
import { accountsIn } from './range-accounts.ts';
import { waitingIn } from './waiting-runs.ts';

type Range = OutputOf<'schedule.range'>;

/** Rows of a calendar, times of one intent, and times altogether: a cron expression takes up to 90 µs for each. */
const MOST_INTENTS = 200;
const MOST_EACH = 200;
const MOST_TIMES = 600;

export function scheduleHandlers({ store, clock }: ApiOptions): Pick<Handlers, 'schedule.range'> {
  return {
    'schedule.range': ({ date, days: count, projectId }) =>
      store.read((read) => {
        if (projectId !== undefined) getProject(read, projectId);
        const now = clock.now();
        const zone = ownerZone(read);
        const today = localDate(now, zone);
        const days = daysFrom(date ?? today, count, zone);
        const from = days[0]?.from ?? clock.iso();
        const to = days.at(-1)?.to ?? from;
        const range = { from, to, projectId: projectId ?? null };
        const runs = Map.groupBy(listRangeRuns(read, range), ({ intentId }) => intentId);
        const missed = Map.groupBy(listRangeMissed(read, range), ({ intentId }) => intentId);
        // Missed ones and runs of intents that are not due any more come after those that are.
        const ids = [...new Set([...listDueBefore(read, range), ...runs.keys(), ...missed.keys()])];
        let left = MOST_TIMES;
        const intents = ids.map((id): Range['intents'][number] => {
          const intent = getIntent(read, id);
          const { words, zone: of } = scheduleOf(read, intent, now, false);
          const { times, more } =
            !intent.enabled || intent.nextDueAt === null
              ? { times: [], more: false }
              : plannedIn(
                  intent.trigger,
                  intent.nextDueAt,
                  {
                    from: parseTime(from),
                    to: parseTime(to),
                    // Once the work is spent, each still has its next time.
                    most: Math.max(1, Math.min(MOST_EACH, left)),
                  },
                  listMoved(read, id),
                );
          left -= times.length;
          return {
            id,
            version: intent.version,
            name: intent.name,
            status: intent.status,
            enabled: intent.enabled,
            executor: intent.executor,
            projectName: getProject(read, intent.projectId).name,
            words,
            zone: of,
            ...expectedOf(read, id),
            busy: runLines(read, id).activeRun !== null,
            planned: [...times],
            more,
            movable: mayMove(intent),
            runs: (runs.get(id) ?? []).toReversed().map(({ intentId: _, ...run }) => run),
            missed: (missed.get(id) ?? []).toReversed().map(({ intentId: _, ...time }) => time),
          };
        });
        const shown = intents.filter(
          (it) => it.planned.length + it.runs.length + it.missed.length > 0 || it.more,
        );
        const accounts = accountsIn(read, range, clock.iso());
        return ok({
          zone,
          today,
          days,
          intents: shown.slice(0, MOST_INTENTS),
          accounts,
          waiting: waitingIn(read, range, accounts, clock.iso()),
          left: Math.max(0, shown.length - MOST_INTENTS),
        });
      }),
  };
}
