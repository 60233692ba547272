import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';
import { useDraft } from './use-draft.ts';

const words = strings.plan;

export function SuggestForm({
  proposal: { id, version },
  onDone,
}: {
  proposal: { id: string; version: number };
  onDone: () => void;
}) {
  const [feedback, setFeedback] = useDraft(`${id}.suggest`);
  const { busy, failure, send } = useForm();
  const suggest = async (): Promise<void> => {
    if (feedback.trim() === '') return;
    const reply = await send('proposal.decide', { id, version, action: 'suggest', feedback });
    if (!reply.ok) return;
    setFeedback('');
    onDone();
  };
  const submit = (): void => void suggest();
  return (
    <div className="mb-12 flex flex-col gap-8 rounded-card bg-inset p-12" onKeyDown={submitOnChord(submit)}>
      <Field label={words.suggest} help={words.suggestHelp}>
        <TextArea
          autoFocus
          value={feedback}
          onValueChange={setFeedback}
          placeholder={words.suggestPlaceholder}
        />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex justify-end gap-8">
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button keys="$mod+Enter" busy={busy} onClick={submit}>
          {words.suggestSend}
        </Button>
      </div>
    </div>
  );
}
