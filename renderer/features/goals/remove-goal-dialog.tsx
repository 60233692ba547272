import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { GoalRow } from './goal-types.ts';
import { strings } from './strings.ts';

const words = strings.remove;

/** Asks before a goal goes: that cannot be undone. */
export function RemoveGoalDialog({
  goal,
  onClose,
  onRemoved,
}: {
  readonly goal: GoalRow;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const confirm = async (): Promise<void> => {
    const reply = await send('goal.remove', { id: goal.id, version: goal.version });
    if (!reply.ok) return;
    onRemoved();
    toast({ text: strings.did.removed(goal.title) });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(goal.title)}
      description={words.detail}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={() => void confirm()}>
            {words.confirm}
          </Button>
        </>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </Dialog>
  );
}
