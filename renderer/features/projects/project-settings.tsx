import { autoOption } from '../work/auto-executor.tsx';
import { useState } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { submitOnChord } from '../proposal/submit-on-chord.ts';
import { capText, readCap } from './project-cap.ts';
import type { Project } from './project.ts';
import { strings } from './strings.ts';

const words = strings.settings;
type Settings = Partial<
  Pick<
    Project,
    | 'name'
    | 'defaultBranch'
    | 'testCommand'
    | 'setupCommand'
    | 'shellCommand'
    | 'defaultExecutor'
    | 'maxRuns'
    | 'planner'
  >
>;

/** What is offered as its own limit, besides one that was set by other means. */
const LIMITS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** Keyed by version above: a change from elsewhere starts the form afresh. */
export function ProjectSettings({ project }: { project: Project }) {
  const [changes, setChanges] = useState<Settings>({});
  const executors = useQuery('executor.list', {}).data ?? [];
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const now = { ...project, ...changes };
  const caps = useQuery('cost.today', {}).data?.caps;
  const [typedCap, setTypedCap] = useState<string>();
  const kept = capText(caps?.find(({ projectId }) => projectId === project.id)?.capMicroUsd ?? null);
  const cap = readCap(typedCap ?? kept);
  const capChanged = typedCap !== undefined && typedCap.trim() !== kept;
  const settled = Object.keys(changes).length === 0;
  const dirty = !settled || capChanged;

  const set = (change: Settings): void => {
    setChanges({ ...changes, ...change });
  };
  const save = async (): Promise<void> => {
    if (!dirty || cap === undefined) return;
    // First what needs the version that was shown: a cap makes another one.
    if (!settled) {
      const reply = await send('project.update', {
        id: project.id,
        version: project.version,
        settings: changes,
      });
      if (!reply.ok) return;
    }
    if (capChanged) {
      const reply = await send('cost.cap', { id: project.id, capMicroUsd: cap });
      if (!reply.ok) return;
    }
    toast({ text: words.saved });
  };
  const submit = (): void => void save();
  const executorOptions = [autoOption, ...executors.map(({ name, label }) => ({ value: name, label }))];
  if (!executorOptions.some(({ value }) => value === now.defaultExecutor))
    executorOptions.unshift({ value: now.defaultExecutor, label: now.defaultExecutor });
  const planners = executors
    .filter(({ name }) => name !== 'shell')
    .map(({ name, label }) => ({ value: name, label }));
  const plannerOptions = [...words.planners, ...planners];
  if (!plannerOptions.some(({ value }) => value === now.planner))
    plannerOptions.push({ value: now.planner, label: now.planner });
  const limits = [...new Set([...LIMITS, ...(project.maxRuns === null ? [] : [project.maxRuns])])];
  const limitOptions = [
    { value: '0', label: words.maxRunsDefault },
    ...limits.sort((a, b) => a - b).map((count) => ({ value: String(count), label: String(count) })),
  ];
  return (
    <form
      className="flex flex-col gap-16 pt-16"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={submitOnChord(submit)}
    >
      <div className="grid grid-cols-2 gap-12">
        <Field label={words.name}>
          <TextField
            value={now.name}
            onValueChange={(name) => {
              set({ name });
            }}
          />
        </Field>
        <Field label={words.branch}>
          <TextField
            mono
            value={now.defaultBranch}
            onValueChange={(defaultBranch) => {
              set({ defaultBranch });
            }}
          />
        </Field>
      </div>
      <Field label={words.test} help={words.testHelp}>
        <TextField
          mono
          value={now.testCommand}
          onValueChange={(testCommand) => {
            set({ testCommand });
          }}
        />
      </Field>
      <Field label={words.setup} help={words.setupHelp}>
        <TextField
          mono
          value={now.setupCommand}
          onValueChange={(setupCommand) => {
            set({ setupCommand });
          }}
        />
      </Field>
      <div className="grid grid-cols-2 gap-12">
        <Field label={words.executor}>
          <Select
            value={now.defaultExecutor}
            onValueChange={(defaultExecutor) => {
              set({ defaultExecutor });
            }}
            options={executorOptions}
          />
        </Field>
        <Field label={words.planner} help={words.plannerHelp}>
          <Select
            value={now.planner}
            onValueChange={(planner) => {
              set({ planner });
            }}
            options={plannerOptions}
          />
        </Field>
        <Field label={words.maxRuns} help={words.maxRunsHelp}>
          <Select
            value={String(now.maxRuns ?? 0)}
            onValueChange={(count) => {
              set({ maxRuns: count === '0' ? null : Number(count) });
            }}
            options={limitOptions}
          />
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-12">
        <Field
          label={words.cap}
          help={words.capHelp}
          optional
          error={cap === undefined ? words.capWrong : undefined}
        >
          <TextField
            inputMode="decimal"
            value={typedCap ?? kept}
            disabled={caps === undefined}
            placeholder={words.capNone}
            onValueChange={setTypedCap}
          />
        </Field>
      </div>
      <Field label={words.shell} help={words.shellHelp}>
        <TextField
          mono
          value={now.shellCommand}
          onValueChange={(shellCommand) => {
            set({ shellCommand });
          }}
        />
      </Field>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex justify-end gap-8">
        {dirty ? (
          <Button
            onClick={() => {
              setChanges({});
              setTypedCap(undefined);
            }}
          >
            {words.revert}
          </Button>
        ) : null}
        <Button
          keys="$mod+Enter"
          busy={busy}
          unavailable={dirty ? undefined : words.unchanged}
          onClick={submit}
        >
          {words.save}
        </Button>
      </div>
    </form>
  );
}
