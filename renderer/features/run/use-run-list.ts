import { useCallback, useMemo, useState } from 'react';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { InputOf } from '../../../preload/contract/operations.ts';
import type { RunListFilter } from '../../../preload/contract/runs-shown.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import type { RunCounts, RunFilter, RunRow, RunsBehind } from './run-types.ts';

export interface RunList {
  readonly rows: readonly RunRow[] | undefined;
  readonly counts: RunCounts | undefined;
  readonly failure: ContractFailure | undefined;
  readonly pending: boolean;
  /** Runs that came or went while the reader was busy with the list. */
  readonly held: number;
  refresh(): void;
  more(): void;
  readonly loadingMore: boolean;
}
export interface RunsAsked {
  readonly show: RunFilter;
  readonly filter: RunListFilter;
  readonly project: string | undefined;
  readonly behind: RunsBehind | undefined;
}

const pageSize = 200;

/** The runs of a filter, newest first. While `busy`, rows neither come nor go: they are counted, and wait. */
export function useRunList({ show, filter, project, behind }: RunsAsked, busy: boolean): RunList {
  const { call } = useClient();
  const input = {
    filter: show,
    limit: pageSize,
    ...filter,
    ...(project === undefined ? {} : { projectId: project }),
    ...behind,
  } satisfies InputOf<'run.list'>;
  const scope = JSON.stringify(input);
  /** What stays while words are typed: until the answer is there, the rows found before stand. */
  const place = JSON.stringify([show, project, behind]);
  const { data, failure, pending, reread } = useQuery('run.list', input, { every: 500 });
  const [older, setOlder] = useState<{ scope: string; rows: readonly RunRow[]; end: boolean }>({
    scope,
    rows: [],
    end: false,
  });
  const [loadingMore, setLoadingMore] = useState(false);
  const [shown, setShown] = useState<{ scope: string; place: string; rows: readonly RunRow[] }>();
  const [counts, setCounts] = useState<RunCounts>();
  if (data && data.counts !== counts) setCounts(data.counts);

  const fresh = data?.rows;
  const same = shown?.scope === scope;
  const idsOf = (rows: readonly RunRow[]): string => rows.map((row) => row.id).join();
  const moved = same && fresh !== undefined && idsOf(shown.rows) !== idsOf(fresh);
  const hold = busy && moved;
  if (fresh && !hold && (!same || shown.rows !== fresh)) setShown({ scope, place, rows: fresh });

  const head = same ? shown.rows : (fresh ?? (shown?.place === place ? shown.rows : undefined));
  const rows = useMemo(() => {
    if (!head) return undefined;
    const tail = older.scope === scope ? older.rows : [];
    const known = new Set(head.map((row) => row.id));
    return [...head, ...tail.filter((row) => !known.has(row.id))];
  }, [head, older, scope]);

  const more = useCallback(() => {
    const last = rows?.at(-1);
    const ended = older.scope === scope && older.end;
    if (!same || !last || loadingMore || ended || (rows?.length ?? 0) < pageSize) return;
    setLoadingMore(true);
    const asked = JSON.parse(scope) as InputOf<'run.list'>;
    void call('run.list', { ...asked, before: last.number }).then((reply) => {
      setLoadingMore(false);
      if (!reply.ok) return;
      const page = reply.value.rows;
      setOlder((held) => ({
        scope,
        rows: [...(held.scope === scope ? held.rows : []), ...page],
        end: page.length < pageSize,
      }));
    });
  }, [call, rows, older, scope, same, loadingMore]);

  return {
    rows,
    counts: data?.counts ?? counts,
    failure,
    pending,
    held: hold ? difference(shown.rows, fresh) : 0,
    refresh: () => {
      if (fresh) setShown({ scope, place, rows: fresh });
      else reread();
    },
    more,
    loadingMore,
  };
}

function difference(before: readonly RunRow[], after: readonly RunRow[]): number {
  const old = new Set(before.map((row) => row.id));
  const now = new Set(after.map((row) => row.id));
  return after.filter((row) => !old.has(row.id)).length + before.filter((row) => !now.has(row.id)).length;
}
