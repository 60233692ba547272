import { useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { strings } from './strings.ts';
import { submitOnChord } from './submit-on-chord.ts';

const words = strings.create;

export interface CreateDialogProps {
  readonly open: boolean;
  readonly projectId: string | undefined;
  /** The title to begin with. */
  readonly typed: string;
  readonly onClose: () => void;
  readonly onCreated: (detail: OutputOf<'proposal.create'>) => void;
}

export function CreateDialog({ open, projectId, typed, onClose, onCreated }: CreateDialogProps) {
  const { projects, project } = useShellState();
  const goals = useQuery('goal.list', {}, { enabled: open });
  const [title, setTitle] = useState(typed);
  const [content, setContent] = useState('');
  const only = projects.length === 1 ? projects[0]?.id : undefined;
  const [inProject, setInProject] = useState(projectId ?? project ?? only ?? '');
  const [goal, setGoal] = useState('');
  const { busy, failure, send } = useForm();

  const create = async (): Promise<void> => {
    const reply = await send('proposal.create', {
      title,
      content,
      projectId: inProject || null,
      goalId: goal || null,
    });
    if (reply.ok) onCreated(reply.value);
  };
  const submit = (): void => void create();
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={words.title}
      keepOpen={title !== '' || content !== ''}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" keys="$mod+Enter" busy={busy} onClick={submit}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={submitOnChord(submit)}
      >
        <Field label={words.name} error={failure?.tag === 'invalid_input' ? failure.message : undefined}>
          <TextField autoFocus value={title} onValueChange={setTitle} placeholder={words.namePlaceholder} />
        </Field>
        <Field label={words.content} help={words.contentHelp} optional>
          <TextArea value={content} onValueChange={setContent} minRows={4} />
        </Field>
        <div className="grid grid-cols-2 gap-12">
          <Field label={words.project}>
            <Select
              value={inProject}
              onValueChange={setInProject}
              options={[
                { value: '', label: words.none },
                ...projects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <Field label={words.goal}>
            <Select
              value={goal}
              onValueChange={setGoal}
              options={[
                { value: '', label: words.none },
                ...(goals.data ?? []).map((each) => ({ value: each.id, label: each.title })),
              ]}
            />
          </Field>
        </div>
        {failure && failure.tag !== 'invalid_input' ? (
          <ErrorBar message={failure.message} hint={failure.hint} />
        ) : null}
      </form>
    </Dialog>
  );
}
