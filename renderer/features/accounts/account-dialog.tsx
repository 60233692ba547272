import { useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { draftOf, fieldsOf, LOCAL, wrongFigures, type AccountDraft } from './account-draft.ts';
import { strings } from './strings.ts';

const words = strings.dialog;
const options = <Value extends string>(of: Readonly<Record<Value, string>>) =>
  (Object.entries(of) as [Value, string][]).map(([value, label]) => ({ value, label }));

/** Adds an account, or changes one. */
export function AccountDialog({
  account,
  onClose,
}: {
  readonly account: OutputOf<'account.list'>[number] | undefined;
  readonly onClose: () => void;
}) {
  const executors = useQuery('executor.list', {});
  const [edits, setEdits] = useState<Partial<AccountDraft>>({});
  const { busy, failure, send } = useForm();
  const draft = { ...draftOf(account, executors.data?.[0]?.name ?? ''), ...edits };
  const set = (more: Partial<AccountDraft>): void => {
    setEdits({ ...edits, ...more });
  };
  const wrong = wrongFigures(draft);
  const save = async (): Promise<void> => {
    if (wrong.size > 0) return;
    const fields = fieldsOf(draft, account);
    const reply = account
      ? await send('account.edit', { ...fields, id: account.id, version: account.version })
      : await send('account.add', { ...fields, executor: draft.executor });
    if (reply.ok) onClose();
  };
  const figure = (name: 'limit' | 'cap' | 'reserve', label: string, help: string) => (
    <Field label={label} help={help} optional error={wrong.has(name) ? words.number : undefined}>
      <TextField
        value={draft[name]}
        onValueChange={(value) => {
          set({ [name]: value.trim() });
        }}
      />
    </Field>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={account ? words.editTitle(account.label) : words.addTitle}
      keepOpen={Object.keys(edits).length > 0}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={draft.label.trim() === '' || draft.executor === ''}
            onClick={() => void save()}
          >
            {account ? words.save : strings.add}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-16"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {account ? null : (
          <Field label={words.executor}>
            <Select
              value={draft.executor || null}
              onValueChange={(executor) => {
                set({ executor });
              }}
              options={(executors.data ?? []).map(({ name, label }) => ({ value: name, label }))}
            />
          </Field>
        )}
        <Field label={words.name} help={words.nameHelp}>
          <TextField
            autoFocus
            value={draft.label}
            onValueChange={(label) => {
              set({ label });
            }}
          />
        </Field>
        <Field label={words.kind}>
          <Select
            value={draft.kind}
            onValueChange={(kind) => {
              set({ kind, billing: kind === 'key' ? 'use' : 'plan' });
            }}
            options={options(draft.executor === LOCAL ? words.localKinds : labels.accountKind)}
          />
        </Field>
        {draft.executor === LOCAL ? (
          <Field label={words.baseUrl} help={words.baseUrlHelp} optional>
            <TextField
              mono
              value={draft.baseUrl}
              placeholder="http://127.0.0.1:11434"
              onValueChange={(baseUrl) => {
                set({ baseUrl });
              }}
            />
          </Field>
        ) : null}
        {draft.kind === 'folder' ? (
          <Field label={words.home} help={words.homeHelp}>
            <TextField
              mono
              value={draft.home}
              onValueChange={(home) => {
                set({ home });
              }}
            />
          </Field>
        ) : null}
        {draft.kind === 'key' ? (
          <>
            <Field label={words.key} help={account?.hasKey ? words.keyKept : words.keyHelp}>
              <TextField
                type="password"
                value={draft.key}
                onValueChange={(key) => {
                  set({ key });
                }}
              />
            </Field>
            <Field label={words.variable} help={words.variableHelp} optional>
              <TextField
                mono
                value={draft.keyVariable}
                onValueChange={(keyVariable) => {
                  set({ keyVariable });
                }}
              />
            </Field>
          </>
        ) : null}
        <Field label={words.billing}>
          <Select
            value={draft.billing}
            onValueChange={(billing) => {
              set({ billing });
            }}
            options={options(labels.accountBilling)}
          />
        </Field>
        {figure('limit', words.limit, words.limitHelp)}
        {draft.billing === 'use' ? figure('cap', words.cap, words.capHelp) : null}
        {figure('reserve', words.reserve, words.reserveHelp)}
        {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      </form>
    </Dialog>
  );
}
