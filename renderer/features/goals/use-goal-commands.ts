import { useCallback, useMemo, useState } from 'react';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { formatFigure } from './goal-figures.ts';
import type { GoalAction, GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';

const { did } = strings;
type Status = GoalRow['status'];
type Goal = Pick<GoalRow, 'id' | 'version' | 'title' | 'status'>;
export interface Linkable {
  readonly id: string;
  readonly version: number;
  readonly title: string;
}

const into: Record<Status, GoalAction> = {
  active: 'activate',
  paused: 'pause',
  achieved: 'achieve',
  dropped: 'drop',
};

/** The decisions that lead back: every way out of a state leads over active. */
export function wayBack(from: Status, to: Status): GoalAction[] {
  if (to === 'active') return ['activate'];
  return from === 'active' ? [into[to]] : ['activate', into[to]];
}

/** What can be done to a goal and its links: at once, with a way back. `undo` takes the last one back. */
export function useGoalCommands() {
  const run = useCommand();
  const toast = useToast();
  const [last, setLast] = useState<{ readonly back: () => Promise<unknown> }>();

  const told = useCallback(
    (text: string, back?: () => Promise<unknown>): void => {
      if (!back) {
        toast({ text });
        return;
      }
      const entry = { back };
      setLast(entry);
      const undo = (): void => {
        setLast((now) => (now === entry ? undefined : now));
        void back();
      };
      toast({ text, action: { label: 'Undo', run: undo } });
    },
    [toast],
  );

  return useMemo(() => {
    const link = async (proposal: Linkable, goalId: string | null, before: string | null): Promise<void> => {
      const { id, version, title } = proposal;
      const reply = await run('proposal.update', { id, version, fields: { goalId } });
      if (!reply.ok) return;
      told(goalId === null ? did.unlinked(title) : did.linked(title), () =>
        run('proposal.update', { id, version: reply.value.proposal.version, fields: { goalId: before } }),
      );
    };
    return {
      told,
      link,
      undo:
        last &&
        (() => {
          setLast(undefined);
          void last.back();
        }),
      async decide({ id, version, title, status }: Goal, action: GoalAction): Promise<void> {
        const reply = await run('goal.decide', { id, version, action });
        if (!reply.ok) return;
        const after = reply.value;
        told(did[action](title), async () => {
          let at = after.version;
          for (const step of wayBack(after.status, status)) {
            const undone = await run('goal.decide', { id, version: at, action: step });
            if (!undone.ok) return;
            at = undone.value.version;
          }
        });
      },
      async record({ id }: Pick<Goal, 'id'>, value: number): Promise<boolean> {
        const reply = await run('goal.record', { id, value });
        if (!reply.ok) return false;
        const readingId = reply.value.reading.id;
        told(did.recorded(formatFigure(value)), () => run('goal.takeBack', { id, readingId }));
        return true;
      },
      async takeBack(id: string, readingId: string): Promise<void> {
        const reply = await run('goal.takeBack', { id, readingId });
        if (reply.ok) told(did.takenBack);
      },
      async restore(id: string, version: number, fields: InputOf<'goal.update'>['fields']): Promise<unknown> {
        return run('goal.update', { id, version, fields });
      },
      async unmake(id: string, version: number): Promise<unknown> {
        return run('goal.remove', { id, version });
      },
    };
  }, [run, told, last]);
}
export type GoalCommands = ReturnType<typeof useGoalCommands>;
