import { useQuery } from '../../client/client-context.tsx';
import { GoalDialog } from './goal-dialog.tsx';
import type { GoalDetail, GoalRow } from './goal-types.ts';
import { LinkDialog } from './link-dialog.tsx';
import { RemoveGoalDialog } from './remove-goal-dialog.tsx';
import type { GoalCommands } from './use-goal-commands.ts';

export type GoalDialogState =
  | { readonly kind: 'new'; readonly parentId: string }
  | { readonly kind: 'edit'; readonly detail: GoalDetail }
  | { readonly kind: 'editing'; readonly goalId: string }
  | { readonly kind: 'link'; readonly goalId: string }
  | { readonly kind: 'remove'; readonly goal: GoalRow };

export interface GoalDialogsProps {
  readonly state: GoalDialogState | null;
  readonly goals: readonly GoalRow[];
  readonly commands: GoalCommands;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
  readonly onRemoved: () => void;
}

/** Whichever dialog of a goal is open. */
export function GoalDialogs({ state, goals, commands, onClose, onSaved, onRemoved }: GoalDialogsProps) {
  const common = { goals, commands, onClose };
  switch (state?.kind) {
    case 'new':
      return <GoalDialog {...common} detail={undefined} parentId={state.parentId} onSaved={onSaved} />;
    case 'edit':
      return <GoalDialog {...common} detail={state.detail} onSaved={onSaved} />;
    case 'editing':
      return <Editing {...common} goalId={state.goalId} onSaved={onSaved} />;
    case 'link': {
      const goal = goals.find(({ id }) => id === state.goalId);
      return goal ? <LinkDialog {...common} goal={goal} /> : null;
    }
    case 'remove':
      return <RemoveGoalDialog goal={state.goal} onClose={onClose} onRemoved={onRemoved} />;
    case undefined:
      return null;
  }
}

/** Chosen by key in the tree, where the whole goal is not read yet. */
function Editing({ goalId, ...rest }: Omit<GoalDialogsProps, 'state' | 'onRemoved'> & { goalId: string }) {
  const { data } = useQuery('goal.detail', { id: goalId });
  return data ? <GoalDialog {...rest} detail={data} /> : null;
}
