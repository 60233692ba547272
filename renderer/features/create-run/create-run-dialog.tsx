import { useEffect, useMemo, useRef, useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useShowProblem } from '../../ui/use-show-problem.ts';
import { executorReason } from '../work/executor-reason.ts';
import { ModelField } from '../work/model-field.tsx';
import { isStaged, stageProblem } from '../work/stage-draft.ts';
import { StageFields } from '../work/stage-fields.tsx';
import { workProblems } from '../work/work-draft.ts';
import { autoOption, isAuto, TaskTypeField } from '../work/auto-executor.tsx';
import { WorkFields } from '../work/work-fields.tsx';
import { fieldIssues } from './field-issues.ts';
import { jsonProblem } from './json-problem.ts';
import { draftInput, emptyDraft, readDraft, writeDraft, type RunDraft, type RunType } from './run-draft.ts';
import { strings as words } from './strings.ts';

export interface CreateRunDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks for one run and goes straight to it. What is typed is kept until it is made or cleared. */
export function CreateRunDialog({ open, onOpenChange }: CreateRunDialogProps) {
  return open ? <OpenDialog onOpenChange={onOpenChange} /> : null;
}

function OpenDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const shell = useShellState();
  const { busy, failure, send } = useForm();
  const [draft, setDraft] = useState<RunDraft>(() => readDraft(window.localStorage));
  const [attempt, setAttempt] = useState(0);
  const tried = attempt > 0;
  const form = useShowProblem(attempt, failure);
  const query = useRef<HTMLTextAreaElement>(null);
  const projects = useQuery('project.list', {}).data;
  const goals = useQuery('goal.list', {}).data;
  const executors = useQuery('executor.list', {}).data;
  const set = (change: Partial<RunDraft>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    writeDraft(window.localStorage, next);
  };

  const chosen = projects?.find(({ id }) => id === draft.projectId);
  const fallback =
    projects?.find(({ id }) => id === shell.project) ?? (projects?.length === 1 ? projects[0] : undefined);
  const project = chosen ?? fallback;
  const executor = draft.executor === '' ? project?.defaultExecutor : draft.executor;
  const usesShell = executor === 'shell';
  const command = draft.command === '' ? (project?.shellCommand ?? '') : draft.command;
  const json = useMemo(
    () => (draft.metadata.trim() === '' ? undefined : jsonProblem(draft.metadata)),
    [draft.metadata],
  );
  const issues = fieldIssues(failure);
  const problems = workProblems(draft);
  const wrongStages = isStaged(draft.runType) ? stageProblem(draft.runType, draft.stages) : undefined;
  const wrongWork = Object.keys(problems).length > 0 || wrongStages !== undefined;
  const errors = {
    projectId: tried && !project ? words.projectMissing : issues.get('projectId'),
    query: tried && draft.query.trim() === '' ? words.queryMissing : issues.get('query'),
    metadata: json ? words.at(json.line, json.column, json.message) : issues.get('metadata'),
  };
  const shown = new Set([
    'projectId',
    'goalId',
    'name',
    'query',
    'runType',
    'executor',
    'model',
    'shellCommand',
    'metadata',
  ]);
  const general = failure && ![...issues.keys()].some((field) => shown.has(field)) ? failure : undefined;

  const submit = (): void => {
    setAttempt(attempt + 1);
    if (busy || !project || draft.query.trim() === '' || wrongWork || json) return;
    void send(
      'run.create',
      draftInput({ ...draft, projectId: project.id, command }, usesShell, isAuto(executor)),
    ).then((reply) => {
      if (!reply.ok) return;
      // Where it works and how stays for the next one; what to do does not.
      writeDraft(window.localStorage, { ...emptyDraft, projectId: project.id, executor: draft.executor });
      // Going back must not open this again.
      onOpenChange(false);
      router.go(to('run', { id: reply.value.run.id }));
    });
  };
  useActions([
    {
      id: 'run.create.submit',
      title: words.submit,
      group: words.title,
      scope: 'dialog',
      keys: '$mod+Enter',
      listed: false,
      run: submit,
    },
  ]);
  useEffect(() => {
    // The caret goes to the end of a kept draft.
    const area = query.current;
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={words.title}
      description={words.description}
      size="large"
      initialFocus={query}
      footer={
        <>
          <span className="me-auto">
            {JSON.stringify(draft) === JSON.stringify(emptyDraft) ? null : (
              <Button
                variant="ghost"
                onClick={() => {
                  set(emptyDraft);
                }}
              >
                {words.discard}
              </Button>
            )}
          </span>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {words.cancel}
          </Button>
          <Button variant="primary" keys="$mod+Enter" busy={busy} onClick={submit}>
            {words.submit}
          </Button>
        </>
      }
    >
      <div
        ref={form}
        className="flex flex-col gap-16"
        // Before the control that is focused: some take Enter for themselves.
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          submit();
        }}
      >
        {general ? <ErrorBar message={general.message} hint={general.hint} /> : null}
        <Field label={words.query} error={errors.query}>
          <TextArea
            ref={query}
            value={draft.query}
            onValueChange={(value) => {
              set({ query: value });
            }}
            placeholder={words.queryPlaceholder}
            minRows={4}
            maxRows={12}
          />
        </Field>
        <div className="grid gap-16 narrow:grid-cols-2">
          <Field
            label={words.project}
            error={errors.projectId}
            help={projects?.length === 0 ? words.noProjects : undefined}
          >
            <Select
              value={project?.id ?? null}
              placeholder={words.projectPlaceholder}
              onValueChange={(projectId) => {
                set({ projectId, command: '' });
              }}
              options={(projects ?? []).map(({ id, name, problem }) => ({
                value: id,
                label: name,
                ...(problem === null ? {} : { unavailable: problem }),
              }))}
            />
          </Field>
          <Field label={words.goal} optional error={issues.get('goalId')}>
            <Select
              value={draft.goalId}
              onValueChange={(goalId) => {
                set({ goalId });
              }}
              options={[
                { value: '', label: words.noGoal },
                ...(goals ?? []).map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          </Field>
        </div>
        <Field label={words.name} optional error={issues.get('name')}>
          <TextField
            value={draft.name}
            placeholder={words.namePlaceholder}
            onValueChange={(name) => {
              set({ name });
            }}
          />
        </Field>
        <div className="flex flex-col gap-4">
          <span className="text-body font-medium text-ink">{words.type}</span>
          <div className="flex flex-wrap items-center gap-x-12 gap-y-4">
            <Segmented<RunType>
              label={words.type}
              value={draft.runType}
              onValueChange={(runType) => {
                set({ runType });
              }}
              segments={(['agent', 'task', 'workflow', 'pipeline'] as const).map((value) => ({
                value,
                label: words.types[value][0],
              }))}
            />
            <span className="text-meta text-ink-2">{words.types[draft.runType][1]}</span>
          </div>
          {issues.get('runType') ? (
            <span role="alert" className="text-meta text-danger-text">
              {issues.get('runType')}
            </span>
          ) : null}
        </div>
        <div className="grid gap-16 narrow:grid-cols-2">
          <Field label={words.executor} error={issues.get('executor')}>
            <Select
              value={draft.executor}
              onValueChange={(executor) => {
                // Another program has other models.
                set({ executor, model: '' });
              }}
              options={[
                {
                  value: '',
                  label: words.executorDefault(labelOf(executors, project?.defaultExecutor)),
                },
                autoOption,
                ...(executors ?? []).map(({ name, label, usable, found, version }) => ({
                  value: name,
                  label,
                  ...executorReason({ usable, found }),
                  ...(version === null ? {} : { detail: version }),
                })),
              ]}
            />
          </Field>
          {isAuto(executor) ? <TaskTypeField draft={draft} set={set} /> : null}
          {usesShell || isAuto(executor) ? null : (
            <ModelField
              executor={executor}
              value={draft.model}
              error={issues.get('model')}
              onValueChange={(model) => {
                set({ model });
              }}
            />
          )}
        </div>
        {isStaged(draft.runType) ? (
          <StageFields
            runType={draft.runType}
            stages={draft.stages}
            executor={executor}
            error={tried ? wrongStages : undefined}
            onStages={(stages) => {
              set({ stages });
            }}
          />
        ) : null}
        {usesShell ? (
          <Field label={words.command} help={words.commandHelp} error={issues.get('shellCommand')}>
            <TextField
              mono
              value={command}
              placeholder={words.commandPlaceholder}
              onValueChange={(value) => {
                set({ command: value });
              }}
            />
          </Field>
        ) : null}
        <div className="grid gap-x-16 gap-y-4 narrow:grid-cols-2">
          <Checkbox
            checked={draft.dryRun}
            onCheckedChange={(dryRun) => {
              set({ dryRun });
            }}
            label={words.dryRun}
            help={words.dryRunHelp}
          />
          <Checkbox
            checked={draft.verbose}
            onCheckedChange={(verbose) => {
              set({ verbose });
            }}
            label={words.verbose}
            help={words.verboseHelp}
          />
        </div>
        <div className="flex flex-col gap-8">
          <WorkFields draft={draft} set={set} problems={problems} />
        </div>
        <Field label={words.metadata} optional help={words.metadataHelp} error={errors.metadata}>
          <TextArea
            mono
            value={draft.metadata}
            placeholder='{"ticket": "OPS-12"}'
            minRows={2}
            maxRows={8}
            onValueChange={(metadata) => {
              set({ metadata });
            }}
          />
        </Field>
      </div>
    </Dialog>
  );
}

function labelOf(
  executors: readonly { readonly name: string; readonly label: string }[] | undefined,
  name: string | undefined,
): string {
  if (isAuto(name)) return autoOption.label;
  return executors?.find((each) => each.name === name)?.label ?? name ?? '–';
}
