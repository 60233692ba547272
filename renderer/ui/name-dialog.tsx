import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { TextField } from './text-field.tsx';

export interface NameDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly label: string;
  /** What it is called so far. */
  readonly initial: string;
  /** Said where nothing was written. */
  readonly needed: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  /** What is wrong with the name; undefined when it was taken. */
  readonly onName: (name: string) => Promise<string | undefined>;
}

/** Asks for a name; a refusal is told below it, and the words stay. */
export function NameDialog(props: NameDialogProps) {
  const { open, initial, needed, children, onClose, onName } = props;
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!open) return;
    setName(initial); // eslint-disable-line react-hooks/set-state-in-effect -- it starts afresh each time it opens
    setError(undefined);
  }, [open]); // eslint-disable-line react-hooks/exhaustive-deps -- a name that changes while another is typed must not take the words away

  const submit = async (): Promise<void> => {
    if (name.trim() === '') {
      setError(needed);
      return;
    }
    setBusy(true);
    const wrong = await onName(name);
    setBusy(false);
    if (wrong === undefined) onClose();
    else setError(wrong);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      size="small"
      title={props.title}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {props.cancel}
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void submit()}>
            {props.confirm}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-12"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={props.label} error={error}>
          <TextField value={name} maxLength={60} onValueChange={setName} />
        </Field>
        {children}
      </form>
    </Dialog>
  );
}
