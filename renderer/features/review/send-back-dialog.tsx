import { useActions } from '../../app/actions-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Mono } from '../../ui/mono.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import type { Run } from '../run/run-types.ts';
import { feedbackOf, type LineComment } from './review-marks.ts';
import { strings } from './strings.ts';

const words = strings.sendBack;

/** What the agent is told: words on the whole, and each comment at its line, as they will reach it. */
export function SendBackDialog({
  run,
  comments,
  general,
  onGeneral,
  onClose,
  onSent,
}: {
  run: Run;
  comments: Readonly<Record<string, LineComment>>;
  /** Kept as it is written: to close the dialog loses nothing. */
  general: string;
  onGeneral: (text: string) => void;
  onClose: () => void;
  onSent: () => void;
}) {
  const { busy, failure, send } = useForm();
  const feedback = feedbackOf(comments, general);
  const all = Object.entries(comments);
  const submit = (): void => {
    if (busy || feedback === '') return;
    void send('run.requestChanges', { id: run.id, version: run.version, feedback }).then((reply) => {
      if (reply.ok) onSent();
    });
  };
  useActions([
    {
      id: 'review.send-back.confirm',
      title: words.title,
      group: strings.group,
      scope: 'dialog',
      keys: '$mod+Enter',
      listed: false,
      run: submit,
    },
  ]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      description={words.detail}
      size="large"
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            variant="primary"
            keys="$mod+Enter"
            busy={busy}
            unavailable={feedback === '' ? words.nothing : undefined}
            onClick={submit}
          >
            {words.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-12">
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
        <Field label={words.label}>
          <TextArea
            value={general}
            onValueChange={onGeneral}
            placeholder={words.placeholder}
            minRows={all.length > 0 ? 3 : 6}
            maxRows={14}
          />
        </Field>
        {all.length > 0 ? (
          <section aria-label={words.comments} className="flex flex-col gap-4">
            <h3 className="text-meta font-medium text-ink-2">{strings.comments.count(all.length)}</h3>
            <ul className="flex max-h-[32vh] flex-col overflow-y-auto">
              {all.map(([key, { path, line, quote, text }]) => (
                <li key={key} className="flex flex-col gap-2 border-t border-line py-8 first:border-t-0">
                  <Mono elide className="text-ink-2">
                    {`${path}:${String(line)}`}
                  </Mono>
                  <code translate="no" className="truncate font-mono text-code text-ink-3">
                    {quote.trim()}
                  </code>
                  <p className="text-body whitespace-pre-wrap text-ink wrap-anywhere">{text}</p>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}
