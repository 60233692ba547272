import { useEffect, useRef } from 'react';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDraft } from '../proposal/use-draft.ts';
import { strings } from './strings.ts';

const words = strings.steer;

/** A message to the agent, at the foot of the page: one line until it is used. */
export function SteerBox({ runId, asked }: { runId: string; asked: number }) {
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const [text, setText] = useDraft(`steer.${runId}`);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (asked > 0) field.current?.focus();
  }, [asked]);
  const submit = (): void => {
    if (text.trim() === '' || busy) return;
    void send('run.directive', { id: runId, text: text.trim() }).then((reply) => {
      if (!reply.ok) return;
      setText('');
      toast({ text: words.sent });
    });
  };
  return (
    <form
      className="flex shrink-0 flex-col gap-8 border-t border-line px-12 py-8"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex items-end gap-8">
        <TextArea
          ref={field}
          aria-label={words.label}
          placeholder={words.placeholder}
          value={text}
          onValueChange={setText}
          minRows={1}
          maxRows={6}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              submit();
            } else if (event.key === 'Escape') field.current?.blur();
          }}
        />
        {text === '' ? null : <span className="shrink-0 pb-6 text-meta text-ink-3">{words.note}</span>}
        <Button type="submit" busy={busy} disabled={text.trim() === ''} keys="$mod+Enter" className="h-32">
          {words.send}
        </Button>
      </div>
    </form>
  );
}
