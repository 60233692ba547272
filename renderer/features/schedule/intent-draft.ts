import { formatField } from '../../ui/format-time.ts';
import { formatTime, parseTime } from '../../client/clock.ts';
import { readDuration, writeDuration } from '../../ui/duration-text.ts';
import {
  budgetOf,
  contextFilesOf,
  emptyWork,
  retryPolicyOf,
  workOf,
  type WorkDraft,
} from '../work/work-draft.ts';
import type { Intent, IntentChanges, NewIntent, Trigger, TriggerType } from './intent-types.ts';
import { isAuto, taskTypeOf } from '../work/auto-executor.tsx';

/** What stands in the editor, as typed. Kept in the browser's storage until it is saved or cleared. */
export interface IntentDraft extends WorkDraft {
  readonly projectId: string;
  readonly name: string;
  readonly query: string;
  readonly type: TriggerType;
  readonly cron: string;
  /** Empty: that of the machine. */
  readonly zone: string;
  readonly every: string;
  readonly unit: IntervalUnit;
  /** As a date field gives it, in the reader's zone. */
  readonly at: string;
  readonly event: EventKind;
  readonly eventName: string;
  readonly eventIntent: string;
  readonly eventOutcome: string;
  readonly eventProject: string;
  readonly paths: string;
  readonly misfire: Intent['misfirePolicy'];
  readonly cap: string;
  /** Times older than this are not made up for; empty: as the settings say. */
  readonly maxAge: string;
  /** Empty: the project's own. */
  readonly executor: string;
  /** Empty: the executor's own. */
  readonly model: string;
  readonly command: string;
}
export const intervalUnits = { s: 1_000, min: 60_000, h: 3_600_000, day: 86_400_000 } as const;
export type IntervalUnit = keyof typeof intervalUnits;
export const eventKinds = ['named', 'intent', 'project'] as const;
export type EventKind = (typeof eventKinds)[number];
export const eventOutcomes = ['completed', 'failed', 'timeout', 'cancelled', 'ended'] as const;

export const emptyDraft: IntentDraft = {
  ...emptyWork,
  projectId: '',
  name: '',
  query: '',
  type: 'cron',
  cron: '0 1 * * *',
  zone: '',
  every: '1',
  unit: 'h',
  at: '',
  event: 'named',
  eventName: '',
  eventIntent: '',
  eventOutcome: 'completed',
  eventProject: '',
  paths: '',
  misfire: 'run_once',
  cap: '10',
  maxAge: ' day',
  executor: '',
  model: '',
  command: '',
};

/** Ways to begin, offered while nothing is scheduled. */
export const starters = ['nightly', 'hourly', 'moved'] as const;
const started: Readonly<Record<string, Partial<IntentDraft>>> = {
  nightly: { type: 'cron', cron: '0 1 * * *' },
  hourly: { type: 'interval', every: '1', unit: 'h' },
  moved: { type: 'event', event: 'project' },
};

export function draftOf({ trigger, execution, ...intent }: Intent): IntentDraft {
  return {
    ...emptyDraft,
    projectId: intent.projectId,
    name: intent.name,
    query: intent.query,
    misfire: intent.misfirePolicy,
    cap: String(intent.misfireCap),
    maxAge: writeDuration(intent.misfireMaxAgeMs, 'day'),
    ...workOf({ ...intent, budget: execution.budget }),
    taskType: execution.taskType ?? '',
    executor: intent.executor,
    model: intent.model ?? '',
    command: execution.shellCommand ?? '',
    ...triggerFields(trigger),
  };
}

function triggerFields(trigger: Trigger): Partial<IntentDraft> {
  const { type } = trigger;
  switch (type) {
    case 'manual':
    case 'immediate':
      return { type };
    case 'once':
      return { type, at: formatField(parseTime(trigger.at)) };
    case 'cron':
      return { type, cron: trigger.expression, zone: trigger.zone ?? '' };
    case 'interval': {
      const units = Object.keys(intervalUnits) as IntervalUnit[];
      const unit = units.findLast((each) => trigger.everyMs % intervalUnits[each] === 0) ?? 's';
      return { type, unit, every: String(trigger.everyMs / intervalUnits[unit]) };
    }
    case 'event': {
      const [kind, id = '', last = ''] = trigger.event.split(':');
      const paths = (trigger.paths ?? []).join('\n');
      if (kind === 'intent') return { type, event: 'intent', eventIntent: id, eventOutcome: last };
      if (kind === 'project') return { type, event: 'project', eventProject: id, paths };
      return { type, event: 'named', eventName: trigger.event };
    }
  }
}

/** What the trigger fields say; null while something that is needed is empty. `own` is the project the intent works in. */
export function triggerOf(draft: IntentDraft, own: string | undefined): Trigger | null {
  switch (draft.type) {
    case 'manual':
    case 'immediate':
      return { type: draft.type };
    case 'once': {
      const at = parseTime(draft.at);
      return Number.isNaN(at) ? null : { type: 'once', at: formatTime(at) };
    }
    case 'cron':
      return draft.cron.trim() === ''
        ? null
        : { type: 'cron', expression: draft.cron.trim(), zone: draft.zone.trim() || null };
    case 'interval': {
      const every = Number(draft.every.trim().replace(',', '.'));
      if (draft.every.trim() === '' || !Number.isFinite(every)) return null;
      return { type: 'interval', everyMs: Math.round(every * intervalUnits[draft.unit]) };
    }
    case 'event':
      return eventTrigger(draft, own);
  }
}

function eventTrigger(draft: IntentDraft, own: string | undefined): Trigger | null {
  if (draft.event === 'named')
    return draft.eventName.trim() === '' ? null : { type: 'event', event: draft.eventName.trim() };
  if (draft.event === 'intent')
    return draft.eventIntent === ''
      ? null
      : { type: 'event', event: `intent:${draft.eventIntent}:${draft.eventOutcome}` };
  const project = draft.eventProject || own;
  if (project === undefined) return null;
  const paths = lines(draft.paths);
  return {
    type: 'event',
    event: `project:${project}:moved`,
    ...(paths.length > 0 ? { paths } : {}),
  };
}

/** What is sent for a new one. What was left empty is left out, so that the runtime's own defaults hold. */
export function newIntent(
  draft: IntentDraft,
  projectId: string,
  trigger: Trigger,
  shell: boolean,
  auto = false,
): NewIntent {
  return {
    projectId,
    query: draft.query.trim(),
    trigger,
    misfirePolicy: draft.misfire,
    misfireCap: Number(draft.cap),
    misfireMaxAgeMs: readDuration(draft.maxAge) ?? null,
    priority: Number(draft.priority),
    budget: budgetOf(draft),
    retryPolicy: retryPolicyOf(draft),
    contextFiles: contextFilesOf(draft),
    // A model belongs to one program.
    model: auto ? null : draft.model.trim() || null,
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }),
    ...(draft.executor === '' ? {} : { executor: draft.executor }),
    ...taskTypeOf(draft, auto),
    ...(shell && draft.command.trim() !== '' ? { shellCommand: draft.command.trim() } : {}),
  };
}

/** Only what differs from the intent, so that a trigger that stays keeps its beat. */
export function changesOf(draft: IntentDraft, intent: Intent, trigger: Trigger): IntentChanges {
  const changes: IntentChanges = {};
  const name = draft.name.trim();
  const command = draft.command.trim() || null;
  if (name !== '' && name !== intent.name) changes.name = name;
  if (draft.query.trim() !== intent.query) changes.query = draft.query.trim();
  if (draft.misfire !== intent.misfirePolicy) changes.misfirePolicy = draft.misfire;
  if (Number(draft.cap) !== intent.misfireCap) changes.misfireCap = Number(draft.cap);
  if (Number(draft.priority) !== intent.priority) changes.priority = Number(draft.priority);
  const maxAge = readDuration(draft.maxAge) ?? null;
  if (maxAge !== intent.misfireMaxAgeMs) changes.misfireMaxAgeMs = maxAge;
  const model = isAuto(draft.executor || intent.executor) ? null : draft.model.trim() || null;
  if (model !== intent.model) changes.model = model;
  const { budget } = intent.execution;
  if (differs({ ...budget, ...budgetOf(draft) }, budget)) changes.budget = budgetOf(draft);
  const clean = draftOf(intent);
  if (differs(retryPolicyOf(draft), retryPolicyOf(clean))) changes.retryPolicy = retryPolicyOf(draft);
  if (differs(contextFilesOf(draft), contextFilesOf(clean))) changes.contextFiles = contextFilesOf(draft);
  if (draft.executor !== '' && draft.executor !== intent.executor) changes.executor = draft.executor;
  const { taskType } = taskTypeOf(draft, isAuto(draft.executor || intent.executor));
  if (taskType !== undefined && taskType !== intent.execution.taskType) changes.taskType = taskType;
  if (command !== intent.execution.shellCommand) changes.shellCommand = command;
  // A date field has no seconds: a time that was not touched stays as exact as it was.
  if (JSON.stringify(triggerFields(trigger)) !== JSON.stringify(triggerFields(intent.trigger)))
    changes.trigger = trigger;
  return changes;
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

const storageKey = (subject: string): string => `homer.draft.intent.${subject}`;

/** How a new one begins: `subject` is "new" or the name of a starter. */
export function draftFor(subject: string): IntentDraft {
  return { ...emptyDraft, ...started[subject] };
}

/** What was typed about a subject, a new intent or the id of one, over what stands there without it. */
export function readDraft(
  storage: Pick<Storage, 'getItem'>,
  subject: string,
  clean: IntentDraft,
): IntentDraft {
  let stored: unknown;
  try {
    stored = JSON.parse(storage.getItem(storageKey(subject)) ?? '{}');
  } catch {
    // Not written by us.
    return clean;
  }
  if (typeof stored !== 'object' || stored === null) return clean;
  const fitting = Object.entries(stored).filter(
    ([name, value]) => typeof value === typeof clean[name as keyof IntentDraft],
  );
  return { ...clean, ...(Object.fromEntries(fitting) as Partial<IntentDraft>) };
}

/** Keeps only what differs, so that what changes elsewhere is not taken back by an old draft; nothing when all is clean. */
export function writeDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  subject: string,
  draft: IntentDraft,
  clean: IntentDraft,
): void {
  const typed = Object.entries(draft).filter(([name, value]) => value !== clean[name as keyof IntentDraft]);
  if (typed.length === 0) storage.removeItem(storageKey(subject));
  else storage.setItem(storageKey(subject), JSON.stringify(Object.fromEntries(typed)));
}
