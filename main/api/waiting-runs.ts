import type { OutputOf } from '../../preload/contract/operations.ts';
import type { Read } from '../store/database.ts';
import { listRunRows } from '../store/run-row-store.ts';
import { withWaiting } from './waiting.ts';

type Range = OutputOf<'schedule.range'>;

/** So many queued runs are looked at, the newest. */
const MOST = 100;

/** Queued runs that start in a span: not before a time that was set for them, or about when it is their turn. */
export function waitingIn(
  read: Read,
  { from, to, projectId }: { from: string; to: string; projectId: string | null },
  accounts: Range['accounts'],
  now: string,
): Range['waiting'] {
  const queued = listRunRows(read, {
    statuses: ['queued'],
    ...(projectId === null ? {} : { projectId }),
    limit: MOST,
  });
  return withWaiting(read, queued, now)
    .flatMap(({ id, number, name, executor, accountLabel, notBefore, startsAbout, waiting }) => {
      // A time that was set and lies behind says nothing any more.
      const set = notBefore && notBefore > now ? notBefore : null;
      const at = set ?? startsAbout ?? null;
      if (at === null || at < from || at >= to) return [];
      const account = accounts.find((it) => it.executor === executor && it.label === accountLabel);
      return [
        { id, number, name, executor, accountId: account?.id ?? null, startsAbout: at, why: waiting ?? '' },
      ];
    })
    .sort((a, b) => (a.startsAbout < b.startsAbout ? -1 : 1));
}
