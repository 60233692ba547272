import type { GoalRow, GoalWork, LinkedIntent, LinkedProposal } from './goal-types.ts';

/** One row of the tree table. */
export type TreeItem = { readonly key: string; readonly level: number; readonly goalId: string } & (
  | { readonly kind: 'goal'; readonly goal: GoalRow; readonly expanded: boolean }
  | { readonly kind: 'proposal'; readonly proposal: LinkedProposal }
  | { readonly kind: 'intent'; readonly intent: LinkedIntent }
  | { readonly kind: 'note'; readonly note: 'none' | 'loading' | { readonly more: number } }
);

const LOADING = ' loading';

export function isOpen({ status }: Pick<GoalRow, 'status'>): boolean {
  return status === 'active' || status === 'paused';
}

/** What is shown of the goals: those that fit, with every goal they stand below. */
export function shownGoals(rows: readonly GoalRow[], all: boolean, search: string): GoalRow[] {
  const words = search.trim().toLowerCase();
  const fits = (row: GoalRow): boolean =>
    (all || isOpen(row)) &&
    (words === '' || `${row.title} ${row.measure?.name ?? ''} ${row.category}`.toLowerCase().includes(words));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = new Set<string>();
  for (const row of rows.filter(fits))
    for (
      let above: GoalRow | undefined = row;
      above && !kept.has(above.id);
      above = above.parentId === null ? undefined : byId.get(above.parentId)
    )
      kept.add(above.id);
  return rows.filter(({ id }) => kept.has(id));
}

/** What is open before anyone opened anything: goals with sub-goals, as long as they are few. */
export function firstExpanded(rows: readonly GoalRow[]): ReadonlySet<string> {
  const parents = new Set(rows.flatMap(({ parentId }) => parentId ?? []));
  return parents.size > 12 ? new Set() : parents;
}

/**
 * The rows to draw: a goal, then, when it is expanded, its sub-goals and what is linked to it. `goals` come in tree order. Work that is
 * not read yet shows as such. `searching` opens every goal as far as its sub-goals.
 */
export function treeItems(
  goals: readonly GoalRow[],
  expanded: ReadonlySet<string>,
  work: ReadonlyMap<string, GoalWork>,
  searching = false,
): TreeItem[] {
  const children = Map.groupBy(goals, ({ parentId }) => parentId);
  const known = new Set(goals.map(({ id }) => id));
  const items: TreeItem[] = [];
  const visit = (goal: GoalRow, level: number): void => {
    const below = children.get(goal.id) ?? [];
    const chosen = expanded.has(goal.id);
    const open = chosen || (searching && below.length > 0);
    items.push({ kind: 'goal', key: goal.id, level, goalId: goal.id, goal, expanded: open });
    if (!open) return;
    for (const child of below) visit(child, level + 1);
    if (chosen) items.push(...workItems(goal.id, level + 1, work.get(goal.id), below.length > 0));
  };
  for (const goal of goals) if (goal.parentId === null || !known.has(goal.parentId)) visit(goal, 1);
  return items;
}

function workItems(goalId: string, level: number, work: GoalWork | undefined, hasGoals: boolean): TreeItem[] {
  const base = { level, goalId };
  if (!work) return [{ ...base, kind: 'note', key: `${goalId}${LOADING}`, note: 'loading' }];
  const { proposals, intents } = work;
  const more = work.more.proposals + work.more.intents;
  if (proposals.length + intents.length === 0)
    return hasGoals ? [] : [{ ...base, kind: 'note', key: `${goalId} none`, note: 'none' }];
  return [
    ...proposals.map((proposal): TreeItem => ({
      ...base,
      kind: 'proposal',
      key: `${goalId} ${proposal.id}`,
      proposal,
    })),
    ...intents.map((intent): TreeItem => ({
      ...base,
      kind: 'intent',
      key: `${goalId} ${intent.id}`,
      intent,
    })),
    ...(more > 0 ? [{ ...base, kind: 'note', key: `${goalId} more`, note: { more } } as const] : []),
  ];
}

/** The row that is selected: where a row only said that the work of a goal is being read, the first that was read in its place. */
export function stillSelected(items: readonly TreeItem[], key: string | null): string | null {
  if (key === null || !key.endsWith(LOADING) || items.some((item) => item.key === key)) return key;
  const at = items.findIndex((item) => item.key === key.slice(0, -LOADING.length));
  const [goal, next] = [items[at], items[at + 1]];
  if (!goal) return key;
  return next && next.level > goal.level ? next.key : goal.key;
}

/** Where ← leads from a row that is not expanded: the goal it stands below. */
export function aboveOf(items: readonly TreeItem[], key: string): string | undefined {
  const at = items.findIndex((item) => item.key === key);
  const here = items[at];
  if (!here) return undefined;
  for (let index = at - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item && item.level < here.level) return item.key;
  }
  return undefined;
}
