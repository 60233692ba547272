import type { IntentDetail, IntentRow } from '../../preload/contract/intent.ts';
import type { Intent } from '../domain/intent/intent.ts';
import { describeTrigger, localTime, type Schedule } from '../runtime/describe-trigger.ts';
import type { Read } from '../store/database.ts';
import { countIntentRuns, runLines } from '../store/intent-row-store.ts';
import { findIntentName, getIntent } from '../store/intent-store.ts';
import { countMissed, listMissed } from '../store/missed-time-store.ts';
import { listMoved } from '../store/moved-time-store.ts';
import { findProject, getProject } from '../store/project-store.ts';
import { runHistory } from '../store/schedule-range-store.ts';
import { listRunRowsOfIntent } from '../store/run-row-store.ts';

const MISSED = 100;
const RUNS = 50;
/** Runs of the small picture beside an intent. */
const HISTORY = 12;

/** An intent with all a person asks about it. */
export function intentDetail(read: Read, id: string, now: number): IntentDetail {
  const intent = getIntent(read, id);
  return {
    intent,
    projectName: getProject(read, intent.projectId).name,
    schedule: scheduleOf(read, intent, now),
    ...runLines(read, id),
    missed: listMissed(read, id, MISSED),
    missedCount: countMissed(read, id),
    runs: listRunRowsOfIntent(read, id, RUNS),
    possible: possible(read, intent),
  };
}

export function intentRow(read: Read, intent: Intent, now: number): IntentRow {
  const { words, zone } = scheduleOf(read, intent, now, false);
  return {
    id: intent.id,
    version: intent.version,
    name: intent.name,
    projectId: intent.projectId,
    projectName: getProject(read, intent.projectId).name,
    status: intent.status,
    enabled: intent.enabled,
    trigger: intent.trigger,
    nextDueAt: intent.nextDueAt,
    priority: intent.priority,
    executor: intent.executor,
    misfirePolicy: intent.misfirePolicy,
    createdAt: intent.createdAt,
    updatedAt: intent.updatedAt,
    words,
    zone,
    nextLocal: intent.nextDueAt === null ? null : localTime(intent.nextDueAt, zone),
    ...runLines(read, intent.id),
    missed: countMissed(read, intent.id),
    history: runHistory(read, intent.id, HISTORY),
  };
}

export function scheduleOf(read: Read, intent: Intent, now: number, times = true): Schedule {
  const waits =
    intent.enabled && !isOver(intent) && (intent.trigger.type !== 'once' || intent.nextDueAt !== null);
  return describeTrigger(intent.trigger, now, {
    dueAt: intent.nextDueAt,
    moved: times && waits ? listMoved(read, intent.id) : [],
    times: times && waits,
    nameOf: namesIn(read),
  });
}

/** What the intents and projects that a trigger waits for are called. */
export function namesIn(read: Read): (kind: 'intent' | 'project', id: string) => string | null {
  return (kind, id) => (kind === 'intent' ? findIntentName(read, id) : (findProject(read, id)?.name ?? null));
}

/** Nothing more will come of it by its trigger. */
export function isOver(intent: Intent): boolean {
  return intent.status === 'completed' || intent.status === 'cancelled';
}

function possible(read: Read, intent: Intent): IntentDetail['possible'] {
  const over = isOver(intent);
  const may: IntentDetail['possible'] = [];
  if (!over) may.push('edit', intent.enabled ? 'disable' : 'enable');
  if (!over && intent.status !== 'running') may.push('run_now');
  if (!over) may.push('cancel');
  if (countIntentRuns(read, intent.id) === 0) may.push('delete');
  return may;
}
