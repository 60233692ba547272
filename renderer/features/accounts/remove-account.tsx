import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { strings } from './strings.ts';

/** Asks once more: a key that is forgotten cannot be had back. */
export function RemoveAccount({
  label,
  onClose,
  onRemove,
}: {
  readonly label: string;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}) {
  return (
    <Dialog
      open
      title={strings.removeTitle(label)}
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{strings.dialog.cancel}</Button>
          <Button
            variant="danger"
            onClick={() => {
              onRemove();
              onClose();
            }}
          >
            {strings.remove}
          </Button>
        </>
      }
    >
      <p className="text-body text-ink-2">{strings.removeDetail}</p>
    </Dialog>
  );
}
