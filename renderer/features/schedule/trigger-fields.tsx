import { useId, useMemo } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import {
  eventKinds,
  eventOutcomes,
  intervalUnits,
  type EventKind,
  type IntentDraft,
  type IntervalUnit,
} from './intent-draft.ts';
import { editorStrings as words } from './editor-strings.ts';

export interface TriggerFieldsProps {
  readonly draft: IntentDraft;
  readonly set: (change: Partial<IntentDraft>) => void;
  /** What the runtime, or the form, finds wrong with it. */
  readonly error: string | undefined;
  /** The intent that is edited: it cannot wait for itself. */
  readonly self: string | undefined;
  readonly ownProject: string | undefined;
}

/** The fields of the chosen trigger; nothing for those that have none. */
export function TriggerFields(props: TriggerFieldsProps) {
  const { draft, set, error } = props;
  switch (draft.type) {
    case 'manual':
    case 'immediate':
      return null;
    case 'once':
      return (
        <Field label={words.at} help={words.atHelp} error={error}>
          <TextField
            type="datetime-local"
            value={draft.at}
            onValueChange={(at) => {
              set({ at });
            }}
          />
        </Field>
      );
    case 'interval':
      return (
        <div className="grid grid-cols-2 gap-16">
          <Field label={words.every} error={error}>
            <TextField
              inputMode="decimal"
              value={draft.every}
              onValueChange={(every) => {
                set({ every });
              }}
            />
          </Field>
          <Field label={words.unit}>
            <Select<IntervalUnit>
              value={draft.unit}
              onValueChange={(unit) => {
                set({ unit });
              }}
              options={(Object.keys(intervalUnits) as IntervalUnit[]).map((value) => ({
                value,
                label: words.units[value],
              }))}
            />
          </Field>
        </div>
      );
    case 'cron':
      return <CronFields {...props} />;
    case 'event':
      return <EventFields {...props} />;
  }
}

function CronFields({ draft, set, error }: TriggerFieldsProps) {
  const zones = useId();
  const names = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  return (
    <div className="grid grid-cols-2 gap-16">
      <Field label={words.cron} help={error ? undefined : words.cronHelp} error={error}>
        <TextField
          mono
          value={draft.cron}
          placeholder="0 1 * * 1-5"
          onValueChange={(cron) => {
            set({ cron });
          }}
        />
      </Field>
      <Field label={words.zone} optional help={words.zoneHelp}>
        <TextField
          value={draft.zone}
          list={zones}
          placeholder={words.zonePlaceholder}
          onValueChange={(zone) => {
            set({ zone });
          }}
        />
      </Field>
      <datalist id={zones}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}

function EventFields({ draft, set, error, self, ownProject }: TriggerFieldsProps) {
  const intents = useQuery('intent.list', { limit: 200 }).data?.rows.filter(({ id }) => id !== self);
  const projects = useQuery('project.list', {}, { every: 1_000 }).data;
  return (
    <div className="flex flex-col gap-16">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-4">
        <Segmented<EventKind>
          label={words.event}
          value={draft.event}
          onValueChange={(event) => {
            set({ event });
          }}
          segments={eventKinds.map((value) => ({ value, label: words.events[value][0] }))}
        />
        <span className="text-meta text-ink-2">{words.events[draft.event][1]}</span>
      </div>
      {draft.event === 'named' ? (
        <Field label={words.eventName} help={words.eventNameHelp} error={error}>
          <TextField
            mono
            value={draft.eventName}
            placeholder="deploy.finished"
            onValueChange={(eventName) => {
              set({ eventName });
            }}
          />
        </Field>
      ) : null}
      {draft.event === 'intent' ? (
        <div className="grid grid-cols-2 gap-16">
          <Field
            label={words.eventIntent}
            error={error}
            help={intents?.length === 0 ? words.noIntents : undefined}
          >
            <Select
              value={draft.eventIntent === '' ? null : draft.eventIntent}
              onValueChange={(eventIntent) => {
                set({ eventIntent });
              }}
              options={(intents ?? []).map(({ id, name, projectName }) => ({
                value: id,
                label: name,
                detail: projectName,
              }))}
            />
          </Field>
          <Field label={words.eventOutcome}>
            <Select
              value={draft.eventOutcome}
              onValueChange={(eventOutcome) => {
                set({ eventOutcome });
              }}
              options={eventOutcomes.map((value) => ({
                value,
                label: value === 'ended' ? words.anyEnd : labels.intentStatus[value],
              }))}
            />
          </Field>
        </div>
      ) : null}
      {draft.event === 'project' ? (
        <div className="grid grid-cols-2 gap-16">
          <Field label={words.eventProject} error={error}>
            <Select
              value={draft.eventProject === '' ? (ownProject ?? null) : draft.eventProject}
              onValueChange={(eventProject) => {
                set({ eventProject });
              }}
              options={(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <Field label={words.paths} optional help={words.pathsHelp}>
            <TextArea
              mono
              minRows={1}
              maxRows={5}
              value={draft.paths}
              placeholder="docs/**"
              onValueChange={(paths) => {
                set({ paths });
              }}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
