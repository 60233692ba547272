import { useEffect, useId, useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Mono } from '../../ui/mono.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { strings } from './strings.ts';

const words = strings.addDialog;
const typingMs = 250;

export interface AddProjectDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: (project: OutputOf<'project.add'>) => void;
}

/** A folder, and at once what Homer sees in it. */
export function AddProjectDialog({ open, onClose, onAdded }: AddProjectDialogProps) {
  const { clock } = useClient();
  const [path, setPath] = useState('');
  const [asked, setAsked] = useState('');
  const [edits, setEdits] = useState<{ name?: string; testCommand?: string; setupCommand?: string }>({});
  const { busy, failure, send } = useForm();
  useEffect(
    () =>
      clock.after(typingMs, () => {
        setAsked(path.trim());
      }),
    [path, clock],
  );
  const seen = useQuery('project.inspect', { path: asked || '/' }, { enabled: open && asked !== '' });
  const settled = asked === path.trim() && !seen.pending;
  const found = asked !== '' && !seen.failure ? seen.data : undefined;
  const problem = asked !== '' && settled ? seen.failure : undefined;

  const add = async (): Promise<void> => {
    if (!found) return;
    const reply = await send('project.add', {
      path: found.path,
      name: edits.name ?? found.name,
      testCommand: edits.testCommand ?? found.testCommand,
      setupCommand: edits.setupCommand ?? found.setupCommand,
    });
    if (!reply.ok) return;
    // What it finds comes by the live stream; the dialog does not wait for it.
    void send('source.check', { projectId: reply.value.id });
    onAdded(reply.value);
  };
  const form = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={words.title}
      keepOpen={path !== ''}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy} disabled={!found}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field
          label={words.path}
          help={words.pathHelp}
          error={problem ? `${problem.message} ${problem.hint ?? ''}` : undefined}
        >
          <TextField
            autoFocus
            mono
            value={path}
            onValueChange={(next) => {
              setPath(next);
              setEdits({});
            }}
            placeholder={words.placeholder}
          />
        </Field>
        <div aria-live="polite" className="flex flex-col gap-16">
          {asked !== '' && !settled && !found ? (
            <p className="text-meta text-ink-3">{words.looking}</p>
          ) : null}
          {found ? (
            <>
              <dl className="grid grid-cols-[auto_1fr] gap-x-16 gap-y-2 text-body">
                <dt className="text-ink-3">{words.found}</dt>
                <dd className="min-w-0">
                  <Mono>{found.path}</Mono>
                </dd>
                <dt className="text-ink-3">{words.branch}</dt>
                <dd>
                  <Mono>{found.defaultBranch}</Mono>{' '}
                  <span className="text-ink-3">{found.headCommit.slice(0, 7)}</span>
                </dd>
              </dl>
              {found.warnings.map((warning) => (
                <ErrorBar key={warning} kind="stale" message={warning} />
              ))}
              <Field label={words.name}>
                <TextField
                  value={edits.name ?? found.name}
                  onValueChange={(name) => {
                    setEdits({ ...edits, name });
                  }}
                />
              </Field>
              <Field label={words.test} help={found.testCommand ? words.testHelp : words.testMissing}>
                <TextField
                  mono
                  value={edits.testCommand ?? found.testCommand}
                  onValueChange={(testCommand) => {
                    setEdits({ ...edits, testCommand });
                  }}
                />
              </Field>
              <Field label={words.setup} help={words.setupHelp} optional>
                <TextField
                  mono
                  value={edits.setupCommand ?? found.setupCommand}
                  onValueChange={(setupCommand) => {
                    setEdits({ ...edits, setupCommand });
                  }}
                />
              </Field>
            </>
          ) : null}
        </div>
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      </form>
    </Dialog>
  );
}
