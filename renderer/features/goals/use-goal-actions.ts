import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import type { GoalDialogState } from './goal-dialogs.tsx';
import { decisionKeys } from './decision-keys.ts';
import type { TreeItem } from './goal-tree.ts';
import type { GoalAction, GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';
import type { GoalCommands } from './use-goal-commands.ts';

const words = strings.actions;
const possible: Record<GoalRow['status'], readonly GoalAction[]> = {
  active: ['achieve', 'pause', 'drop'],
  paused: ['activate', 'drop'],
  achieved: ['activate'],
  dropped: ['activate'],
};

export interface GoalActionsProps {
  readonly rows: readonly GoalRow[];
  readonly items: readonly TreeItem[];
  readonly current: TreeItem | undefined;
  /** The goal whose pane is open. */
  readonly opened: GoalRow | undefined;
  readonly commands: GoalCommands;
  readonly select: (key: string) => void;
  readonly open: (item: TreeItem) => void;
  readonly branch: (item: TreeItem, open: boolean) => void;
  readonly close: () => void;
  readonly dialog: (state: GoalDialogState) => void;
  readonly focusFilter: () => void;
}

/** Everything the view of goals can do, for the keys, the palette and the sheet of shortcuts. */
export function useGoalActions(props: GoalActionsProps): void {
  const { rows, items, current, opened, commands } = props;
  const at = items.findIndex(({ key }) => key === current?.key);
  const goal = rows.find(({ id }) => id === current?.goalId) ?? opened;
  const base = { group: strings.group, scope: 'view' } as const;
  const reason = goal ? undefined : words.select;
  const step = (by: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) props.select(next.key);
  };
  const withGoal = (work: (found: GoalRow) => void) => (): void => {
    if (goal) work(goal);
  };
  const withRow = (work: (item: TreeItem) => void) => (): void => {
    if (current) work(current);
  };
  const proposal = current?.kind === 'proposal' ? current : undefined;
  const decisions = (goal ? possible[goal.status] : possible.active).map((action): Action => ({
    ...base,
    id: `goal.${action}`,
    title: words[action],
    keys: decisionKeys[action],
    unavailable: reason,
    run: withGoal((found) => void commands.decide(found, action)),
  }));
  useActions([
    {
      ...base,
      id: 'goal.add',
      title: strings.add,
      keys: 'c',
      run: () => {
        props.dialog({ kind: 'new', parentId: '' });
      },
    },
    {
      ...base,
      id: 'goal.addBelow',
      title: words.subGoal,
      keys: 'Shift+c',
      unavailable: reason,
      run: withGoal(({ id }) => {
        props.dialog({ kind: 'new', parentId: id });
      }),
    },
    {
      ...base,
      id: 'goal.link',
      title: words.link,
      keys: 'l',
      unavailable: reason,
      run: withGoal(({ id }) => {
        props.dialog({ kind: 'link', goalId: id });
      }),
    },
    {
      ...base,
      id: 'goal.unlink',
      title: words.unlink,
      keys: 'Shift+l',
      unavailable: proposal ? undefined : words.selectProposal,
      run: () => {
        if (proposal) void commands.link(proposal.proposal, null, proposal.goalId);
      },
    },
    {
      ...base,
      id: 'goal.edit',
      title: words.edit,
      keys: 'e',
      unavailable: reason,
      run: withGoal(({ id }) => {
        props.dialog({ kind: 'editing', goalId: id });
      }),
    },
    ...decisions,
    {
      ...base,
      id: 'goal.remove',
      title: words.remove,
      unavailable: reason,
      run: withGoal((found) => {
        props.dialog({ kind: 'remove', goal: found });
      }),
    },
    ...(opened ? [{ ...base, id: 'goal.close', title: words.close, keys: 'Escape', run: props.close }] : []),
    ...(commands.undo
      ? [{ ...base, id: 'goal.undo', title: words.undo, keys: '$mod+z', run: commands.undo }]
      : []),
    { ...base, id: 'goal.filter', title: strings.filter, keys: '/', run: props.focusFilter },
    {
      ...base,
      id: 'goal.next',
      title: words.next,
      keys: ['j', 'ArrowDown'],
      listed: false,
      repeats: true,
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'goal.previous',
      title: words.previous,
      keys: ['k', 'ArrowUp'],
      listed: false,
      repeats: true,
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      id: 'goal.open',
      title: words.open,
      keys: 'Enter',
      unavailable: current ? undefined : words.select,
      run: withRow(props.open),
    },
    {
      ...base,
      id: 'goal.expand',
      title: words.expand,
      keys: 'ArrowRight',
      listed: false,
      run: withRow((item) => {
        props.branch(item, true);
      }),
    },
    {
      ...base,
      id: 'goal.collapse',
      title: words.collapse,
      keys: 'ArrowLeft',
      listed: false,
      run: withRow((item) => {
        props.branch(item, false);
      }),
    },
  ]);
}
