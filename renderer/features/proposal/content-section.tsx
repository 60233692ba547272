import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { openLink } from './open-link.ts';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';

const words = strings.panel;

export function ContentSection({ detail: { proposal } }: { detail: OutputOf<'proposal.get'> }) {
  const [editing, setEditing] = useState(false);
  const text = proposal.content || proposal.summary;
  if (editing)
    return (
      <ContentForm
        proposal={proposal}
        onDone={() => {
          setEditing(false);
        }}
      />
    );
  return (
    <section className="group/content relative border-t border-line py-16">
      <IconButton
        icon={Pencil}
        label={words.edit}
        size="small"
        className="absolute top-12 end-0"
        onClick={() => {
          setEditing(true);
        }}
      />
      <div className="pe-32">
        {text ? (
          <Markdown text={text} onOpenLink={openLink} />
        ) : (
          <p className="text-read text-ink-2">{words.summaryEmpty}</p>
        )}
      </div>
    </section>
  );
}

function ContentForm({
  proposal,
  onDone,
}: {
  proposal: OutputOf<'proposal.get'>['proposal'];
  onDone: () => void;
}) {
  const [title, setTitle] = useState(proposal.title);
  const [content, setContent] = useState(proposal.content);
  const { busy, failure, send } = useForm();
  const save = async (): Promise<void> => {
    const { id, version } = proposal;
    const reply = await send('proposal.update', { id, version, fields: { title, content } });
    if (reply.ok) onDone();
  };
  const submit = (): void => void save();
  return (
    <section className="flex flex-col gap-12 border-t border-line py-16" onKeyDown={submitOnChord(submit)}>
      <Field label={words.title}>
        <TextField autoFocus value={title} onValueChange={setTitle} />
      </Field>
      <Field label={words.content}>
        <TextArea value={content} onValueChange={setContent} minRows={8} maxRows={24} />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex justify-end gap-8">
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button keys="$mod+Enter" busy={busy} onClick={submit}>
          {words.save}
        </Button>
      </div>
    </section>
  );
}
