import { useState } from 'react';
import type { Choice } from '../../../preload/contract/choices.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { submitOnChord } from '../proposal/submit-on-chord.ts';
import { strings } from './strings.ts';

export interface SayFormProps {
  readonly choice: Choice;
  readonly busy: boolean;
  readonly onSay: (text: string) => void;
  readonly onCancel: () => void;
}

/** The words a choice wants, at its place: a reason, an answer, or what a plan should change. */
export function SayForm({ choice, busy, onSay, onCancel }: SayFormProps) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const said = text.trim();
  const send = (): void => {
    if (said === '') setAsked(true);
    else if (!busy) onSay(said);
  };
  return (
    <div
      className="flex flex-col gap-8"
      onKeyDown={(event) => {
        submitOnChord(send)(event);
        if (event.key !== 'Escape') return;
        // It ends the writing, not the window.
        event.stopPropagation();
        onCancel();
      }}
    >
      <Field
        label={strings.say[choice.action] ?? choice.label}
        error={asked && said === '' ? strings.sayNothing : undefined}
      >
        <TextArea autoFocus minRows={2} value={text} onValueChange={setText} />
      </Field>
      <div className="flex flex-wrap gap-8">
        <Button variant="primary" keys="$mod+Enter" busy={busy} onClick={send}>
          {choice.label}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {strings.cancel}
        </Button>
      </div>
    </div>
  );
}
