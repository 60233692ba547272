import type { GoalRow } from './goal-row.ts';

type Sortable = Pick<
  GoalRow,
  'id' | 'parentId' | 'status' | 'stale' | 'priority' | 'targetDate' | 'createdAt'
>;

const rank = { active: 0, paused: 2, achieved: 3, dropped: 4 } as const;

/** Below their parents, the most wanted first: stale goals sink below those that move, and what is over below both. */
export function inTreeOrder<Row extends Sortable>(rows: readonly Row[]): (Row & { depth: number })[] {
  const known = new Set(rows.map(({ id }) => id));
  const below = Map.groupBy(rows, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : null,
  );
  const ordered: (Row & { depth: number })[] = [];
  const visit = (parent: string | null, depth: number): void => {
    for (const row of (below.get(parent) ?? []).sort(compare)) {
      ordered.push({ ...row, depth });
      visit(row.id, depth + 1);
    }
  };
  visit(null, 0);
  return ordered;
}

function compare(a: Sortable, b: Sortable): number {
  return (
    place(a) - place(b) ||
    b.priority - a.priority ||
    (a.targetDate ?? '9').localeCompare(b.targetDate ?? '9') ||
    a.createdAt.localeCompare(b.createdAt) ||
    a.id.localeCompare(b.id)
  );
}

function place({ status, stale }: Sortable): number {
  return rank[status] + (stale ? 1 : 0);
}
