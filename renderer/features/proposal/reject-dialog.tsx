import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { Decidable } from './decisions.ts';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';

const words = strings.reject;

export interface RejectDialogProps {
  readonly proposals: readonly Decidable[];
  readonly onClose: () => void;
  readonly onReject: (reason: string) => void;
}

export function RejectDialog({ proposals, onClose, onReject }: RejectDialogProps) {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const reject = (): void => {
    if (reason.trim() === '') setAsked(true);
    else onReject(reason.trim());
  };
  const [first] = proposals;
  return (
    <Dialog
      open={proposals.length > 0}
      onOpenChange={onClose}
      title={words.title(proposals.length)}
      description={
        proposals.length === 1 && first ? `${strings.ref(first.number)} ${first.title}` : words.detail
      }
      keepOpen={reason !== ''}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" keys="$mod+Enter" onClick={reject}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <Field
        label={words.reason}
        help={proposals.length === 1 ? words.detail : undefined}
        error={asked && reason.trim() === '' ? words.missing : undefined}
      >
        <TextArea
          autoFocus
          value={reason}
          onValueChange={setReason}
          placeholder={words.placeholder}
          onKeyDown={submitOnChord(reject)}
        />
      </Field>
    </Dialog>
  );
}
