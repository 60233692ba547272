import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { IntentDetail } from './intent-types.ts';
import { strings } from './strings.ts';

const words = strings.remove;

/** Asks first: an intent without a run is deleted, one that had runs is ended and keeps them. */
export function RemoveDialog({
  detail: { intent, possible },
  open,
  onClose,
}: {
  detail: IntentDetail;
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const deletes = possible.includes('delete');
  const confirm = async (): Promise<void> => {
    const reply = deletes
      ? await send('intent.delete', { id: intent.id })
      : await send('intent.cancel', { id: intent.id, version: intent.version });
    if (!reply.ok) return;
    onClose();
    toast({ text: deletes ? words.done(intent.name) : words.ended(intent.name) });
    if (deletes) router.go(to('schedule', {}));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={deletes ? words.title(intent.name) : words.endTitle(intent.name)}
      description={deletes ? words.detail : words.endDetail}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="danger" busy={busy} onClick={() => void confirm()}>
            {deletes ? words.confirm : words.endConfirm}
          </Button>
        </>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </Dialog>
  );
}
