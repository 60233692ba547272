import { autoExecutor } from '../../../preload/contract/labels.ts';
import { useRef, useState } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readDuration } from '../../ui/duration-text.ts';
import { autoOption, isAuto, TaskTypeField } from '../work/auto-executor.tsx';
import { executorReason } from '../work/executor-reason.ts';
import { ModelField } from '../work/model-field.tsx';
import { WorkFields } from '../work/work-fields.tsx';
import { workProblems } from '../work/work-draft.ts';
import { MisfireFields } from './misfire-fields.tsx';
import { fieldIssues } from '../create-run/field-issues.ts';
import { editorStrings as words } from './editor-strings.ts';
import {
  changesOf,
  draftFor,
  draftOf,
  newIntent,
  readDraft,
  triggerOf,
  writeDraft,
  type IntentDraft,
} from './intent-draft.ts';
import type { Intent, IntentDetail, TriggerType } from './intent-types.ts';
import { TriggerFields } from './trigger-fields.tsx';
import { TriggerPreview } from './trigger-preview.tsx';
import { usePreview } from './use-preview.ts';

export interface IntentEditorProps {
  /** The intent to change; without it a new one is made. */
  readonly intent?: Intent | undefined;
  /** How a new one begins: "new", or the name of a starter. */
  readonly starter?: string | undefined;
  readonly onClose: () => void;
  readonly onSaved: (detail: IntentDetail) => void;
}

const types: readonly TriggerType[] = ['cron', 'interval', 'once', 'event', 'manual', 'immediate'];

/** Asks what should be done and when, and says at once what the runtime makes of the trigger. What is typed is kept. */
export function IntentEditor({ intent, starter = 'new', onClose, onSaved }: IntentEditorProps) {
  const shell = useShellState();
  const { busy, failure, send } = useForm();
  const subject = intent?.id ?? starter;
  // What was opened: a run that starts or ends meanwhile changes the intent, not what is being typed.
  const [opened] = useState(intent);
  const clean = opened ? draftOf(opened) : draftFor(subject);
  const [draft, setDraft] = useState<IntentDraft>(() => readDraft(window.localStorage, subject, clean));
  const [tried, setTried] = useState(false);
  const query = useRef<HTMLTextAreaElement>(null);
  const projects = useQuery('project.list', {}, { every: 1_000 }).data;
  const executors = useQuery('executor.list', {}).data;
  const set = (change: Partial<IntentDraft>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    writeDraft(window.localStorage, subject, next, clean);
  };

  const project =
    projects?.find(({ id }) => id === (intent?.projectId ?? draft.projectId)) ??
    projects?.find(({ id }) => id === shell.project) ??
    (projects?.length === 1 ? projects[0] : undefined);
  const executor = draft.executor === '' ? project?.defaultExecutor : draft.executor;
  const usesShell = executor === 'shell';
  const trigger = triggerOf(draft, project?.id);
  const asked = usePreview(trigger);
  const wrong = trigger !== null && !asked.pending ? asked.preview?.error : undefined;
  const issues = fieldIssues(failure);
  const whole = (text: string, least: number): boolean =>
    /^\d{1,3}$/.test(text.trim()) && Number(text) >= least && Number(text) <= 100;
  const capWrong = draft.misfire === 'run_all' && !whole(draft.cap, 1);
  const age = readDuration(draft.maxAge);
  const ageWrong = age === undefined || (age ?? 0) > 10 * 366 * 86_400_000;
  const problems = workProblems(draft);
  const wrongWork = Object.keys(problems).length > 0;
  const dirty = JSON.stringify(draft) !== JSON.stringify(clean);
  const errors = {
    projectId: tried && !project ? words.projectMissing : issues.get('projectId'),
    query: tried && draft.query.trim() === '' ? words.queryMissing : issues.get('query'),
    trigger:
      trigger === null
        ? tried || draft.type === 'cron' || draft.type === 'interval'
          ? missing(draft)
          : undefined
        : wrong
          ? `${wrong.message} ${wrong.hint}`
          : issues.get('trigger'),
    cap: capWrong ? words.capWrong : issues.get('misfireCap'),
    maxAge: ageWrong ? words.maxAgeWrong : issues.get('misfireMaxAgeMs'),
  };
  const fields = [
    'projectId',
    'query',
    'trigger',
    'misfireCap',
    'misfireMaxAgeMs',
    'model',
    'name',
    'executor',
    'shellCommand',
  ];
  const general = failure && !fields.some((field) => issues.has(field)) ? failure : undefined;

  const submit = (): void => {
    setTried(true);
    if (
      busy ||
      !project ||
      draft.query.trim() === '' ||
      trigger === null ||
      wrong ||
      capWrong ||
      ageWrong ||
      wrongWork
    )
      return;
    if (intent && !dirty) return;
    const reply = intent
      ? send('intent.edit', {
          id: intent.id,
          version: intent.version,
          fields: changesOf(draft, opened ?? intent, trigger),
        })
      : send('intent.create', newIntent(draft, project.id, trigger, usesShell, isAuto(executor)));
    void reply.then((answer) => {
      if (!answer.ok) return;
      writeDraft(window.localStorage, subject, clean, clean);
      onSaved(answer.value);
    });
  };
  useActions([
    {
      id: 'intent.save',
      title: words.save,
      group: words.create,
      scope: 'dialog',
      keys: '$mod+Enter',
      listed: false,
      run: submit,
    },
  ]);

  const executorOptions = (executors ?? []).map(({ name, label, usable, found }) => ({
    value: name,
    label,
    ...executorReason({ usable, found }),
  }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={intent ? words.edit(intent.name) : words.create}
      description={words.description}
      size="large"
      initialFocus={query}
      keepOpen={dirty}
      footer={
        <>
          <span className="me-auto">
            {dirty ? (
              <Button
                variant="ghost"
                onClick={() => {
                  setDraft(clean);
                  writeDraft(window.localStorage, subject, clean, clean);
                }}
              >
                {intent ? words.revert : words.discard}
              </Button>
            ) : null}
          </span>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            variant="primary"
            keys="$mod+Enter"
            busy={busy}
            unavailable={intent && !dirty ? words.unchanged : undefined}
            onClick={submit}
          >
            {intent ? words.save : draft.type === 'immediate' ? words.submitNow : words.submit}
          </Button>
        </>
      }
    >
      <div
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
            placeholder={words.queryPlaceholder}
            minRows={3}
            maxRows={10}
            onValueChange={(value) => {
              set({ query: value });
            }}
          />
        </Field>
        <div className="grid gap-16 narrow:grid-cols-2">
          <Field
            label={words.project}
            error={errors.projectId}
            help={intent ? words.projectFixed : projects?.length === 0 ? words.noProjects : undefined}
          >
            <Select
              value={project?.id ?? null}
              placeholder={words.projectPlaceholder}
              disabled={intent !== undefined}
              onValueChange={(projectId) => {
                set({ projectId });
              }}
              options={(projects ?? []).map(({ id, name, problem }) => ({
                value: id,
                label: name,
                ...(problem === null ? {} : { unavailable: problem }),
              }))}
            />
          </Field>
          <Field label={words.name} optional={!intent} error={issues.get('name')}>
            <TextField
              value={draft.name}
              placeholder={words.namePlaceholder}
              onValueChange={(name) => {
                set({ name });
              }}
            />
          </Field>
        </div>
        <section aria-label={words.when} className="flex flex-col gap-12 border-t border-line pt-16">
          <div className="flex flex-wrap items-center gap-x-12 gap-y-4">
            <Segmented<TriggerType>
              label={words.when}
              value={draft.type}
              onValueChange={(type) => {
                set({ type });
              }}
              segments={types.map((value) => ({ value, label: labels.triggerType[value] }))}
            />
            <span className="text-meta text-ink-2">{words.types[draft.type]}</span>
          </div>
          <TriggerFields
            draft={draft}
            set={set}
            error={errors.trigger}
            self={intent?.id}
            ownProject={project?.id}
          />
          <TriggerPreview state={asked} recurs={draft.type === 'cron' || draft.type === 'interval'} />
        </section>
        <div className="grid gap-16 border-t border-line pt-16 narrow:grid-cols-2">
          <Field label={words.executor} error={issues.get('executor')}>
            <Select
              value={draft.executor}
              onValueChange={(executor) => {
                set({ executor });
              }}
              options={[
                ...(intent
                  ? []
                  : [
                      {
                        value: '',
                        label: words.executorDefault(
                          [autoExecutor, ...(executors ?? [])].find(
                            ({ name }) => name === project?.defaultExecutor,
                          )?.label ??
                            project?.defaultExecutor ??
                            '–',
                        ),
                      },
                    ]),
                autoOption,
                ...executorOptions,
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
          {usesShell ? (
            <Field label={words.command} help={words.commandHelp} error={issues.get('shellCommand')}>
              <TextField
                mono
                value={draft.command}
                placeholder={words.commandPlaceholder}
                onValueChange={(command) => {
                  set({ command });
                }}
              />
            </Field>
          ) : null}
        </div>
        <div className="flex flex-col gap-8">
          <MisfireFields draft={draft} set={set} cap={errors.cap} maxAge={errors.maxAge} />
          <WorkFields draft={draft} set={set} problems={problems} />
        </div>
      </div>
    </Dialog>
  );
}

function missing({ type, event }: IntentDraft): string | undefined {
  if (type === 'manual' || type === 'immediate') return undefined;
  return type === 'event' ? words.missing.event[event] : words.missing[type];
}
