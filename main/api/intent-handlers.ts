import { triggerSchema, type Intent, type Trigger } from '../domain/intent/intent.ts';
import { checkCause, checkTrigger } from '../runtime/check-trigger.ts';
import { describeTrigger } from '../runtime/describe-trigger.ts';
import { planMoves } from '../runtime/plan-moves.ts';
import { firstPlanned } from '../runtime/planned-times.ts';
import { isFree, startIntentRun } from '../runtime/start-intent-run.ts';
import { catchFailure, FailureError, ok, unwrap } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { lastEventSeq } from '../store/domain-event-store.ts';
import { deleteIntent, editIntent } from '../store/edit-intent.ts';
import { endRun } from '../store/end-run.ts';
import { deriveProgress, getGoal } from '../store/goal-store.ts';
import { countIntentRuns, countIntents, listIntents, runLines } from '../store/intent-row-store.ts';
import { getIntent, insertIntent, transitionIntent } from '../store/intent-store.ts';
import { settleAllWaiting } from '../store/missed-time-store.ts';
import { forgetMoves, keepMoved, listMoved } from '../store/moved-time-store.ts';
import { getProject } from '../store/project-store.ts';
import { staleVersion } from '../store/row.ts';
import { deleteChildrenOf } from '../store/run-child-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { firstLine } from './first-line.ts';
import { given } from './given.ts';
import { intentDetail, intentRow, isOver, namesIn } from './intent-view.ts';
import { newIntent } from './new-intent.ts';
import { refuseModelOfAuto } from './refuse-model-of-auto.ts';

type Names = Extract<keyof Handlers, `intent.${string}` | 'schedule.preview'>;

type PlainField =
  | 'misfirePolicy'
  | 'misfireMaxAgeMs'
  | 'misfireCap'
  | 'retryPolicy'
  | 'priority'
  | 'model'
  | 'lane'
  | 'contextFiles';

export function intentHandlers({ store, clock, tidy }: ApiOptions): Pick<Handlers, Names> {
  /** The intent as it may be changed now: not over, and as the caller saw it. */
  const open = (write: Write, id: string, version?: number): Intent => {
    const intent = getIntent(write, id);
    if (version !== undefined && intent.version !== version) throw staleVersion('intent');
    if (isOver(intent)) throw ended(intent);
    return intent;
  };
  const dueOf = (write: Write, trigger: Trigger, self: string | null): string | null => {
    const next = unwrap(checkTrigger(trigger, clock.now()));
    checkCause(write, trigger, self);
    return next;
  };
  const detail = (write: Write, id: string) => intentDetail(write, id, clock.now());

  return {
    'intent.list': (filter) =>
      ok(
        store.read((read) => ({
          seq: lastEventSeq(read),
          count: countIntents(read, filter),
          rows: listIntents(read, filter).map((intent) => intentRow(read, intent, clock.now())),
        })),
      ),
    'intent.get': ({ id }) => ok(store.read((read) => intentDetail(read, id, clock.now()))),
    'intent.create': (input, { actor }) =>
      store.tryWrite((write) => {
        const project = getProject(write, input.projectId);
        const goalId = input.goalId ?? null;
        if (goalId !== null) getGoal(write, goalId);
        const made = newIntent(write, project, {
          name: input.name ?? firstLine(input.query),
          description: input.description ?? '',
          query: input.query,
          runType: input.runType ?? 'agent',
          executor: input.executor,
          shellCommand: input.shellCommand ?? undefined,
          executorLabel: input.executorLabel ?? undefined,
          dryRun: input.dryRun ?? false,
          verbose: input.verbose ?? false,
          metadata: input.metadata ?? {},
          testCommand: input.testCommand ?? null,
          source: actor.channel === 'api' ? 'api' : 'user',
          sourceProposalId: null,
          goalId,
          ...(input.taskType === undefined ? {} : { choices: { taskType: input.taskType } }),
          approvedByOwner: false,
        }).intent;
        refuseModelOfAuto(made.executor, input.model ?? null);
        const { trigger, enabled } = input;
        const next = dueOf(write, trigger, null);
        const intent = insertIntent(
          write,
          {
            ...made,
            intentType: recurs(trigger) ? 'recurring' : 'task',
            trigger,
            enabled,
            nextDueAt: enabled ? next : null,
            execution: {
              ...made.execution,
              budget: { ...made.execution.budget, ...given(input.budget ?? {}) },
            },
            ...plainFields(input),
          },
          actor.name,
        );
        if (trigger.type === 'immediate' && enabled)
          startIntentRun(write, intent, {
            triggeredBy: actor.channel === 'api' ? 'api' : 'owner',
            actor: actor.name,
            nominalAt: null,
          });
        else if (enabled && next !== null) transitionIntent(write, intent.id, 'schedule', actor.name);
        return detail(write, intent.id);
      }),
    'intent.edit': ({ id, version, fields }, { actor }) =>
      store.tryWrite((write) => {
        const intent = open(write, id, version);
        if (fields.goalId) getGoal(write, fields.goalId);
        const { trigger } = fields;
        const { execution } = intent;
        refuseModelOfAuto(
          fields.executor ?? intent.executor,
          fields.model === undefined ? intent.model : fields.model,
        );
        const timing =
          trigger === undefined
            ? {}
            : {
                trigger,
                intentType: recurs(trigger) ? ('recurring' as const) : ('task' as const),
                nextDueAt: dueAfterEdit(intent, trigger, dueOf(write, trigger, id)),
              };
        editIntent(
          write,
          id,
          version,
          {
            ...plainFields(fields),
            ...given({
              name: fields.name,
              description: fields.description,
              query: fields.query,
              goalId: fields.goalId,
              executor: fields.executor,
            }),
            ...timing,
            execution: {
              ...execution,
              ...given({
                runType: fields.runType,
                shellCommand: fields.shellCommand,
                executorLabel: fields.executorLabel,
                taskType: fields.taskType,
                testCommand: fields.testCommand,
                dryRun: fields.dryRun,
                verbose: fields.verbose,
                metadata: fields.metadata,
              }),
              budget: { ...execution.budget, ...given(fields.budget ?? {}) },
            },
          },
          actor.name,
        );
        if (trigger !== undefined) {
          settleAllWaiting(write, id, { outcome: 'skipped', reason: 'The trigger was changed.' });
          if (!sameTrigger(intent, trigger)) forgetMoves(write, id);
        }
        return detail(write, id);
      }),
    'intent.enable': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        const intent = open(write, id, version);
        if (!intent.enabled) {
          const { trigger } = intent;
          const next = dueOf(write, trigger, id);
          // An interval begins anew from now; times of a calendar that were moved stay so.
          if (trigger.type === 'interval') forgetMoves(write, id);
          const moved = listMoved(write, id);
          const nextDueAt = moved.length === 0 ? next : unwrap(firstPlanned(trigger, clock.now(), moved));
          editIntent(write, id, intent.version, { enabled: true, nextDueAt }, actor.name);
        }
        return detail(write, id);
      }),
    'intent.disable': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        const intent = open(write, id, version);
        if (intent.enabled)
          editIntent(write, id, intent.version, { enabled: false, nextDueAt: null }, actor.name);
        settleAllWaiting(write, id, { outcome: 'skipped', reason: 'The intent was turned off.' });
        return detail(write, id);
      }),
    'intent.runNow': ({ id, version }, { actor }) =>
      store.tryWrite((write) => {
        const intent = open(write, id, version);
        if (intent.status === 'running') throw busy(write, id);
        if (!isFree(intent)) transitionIntent(write, id, 'retry', actor.name);
        startIntentRun(write, getIntent(write, id), {
          triggeredBy: actor.channel === 'api' ? 'api' : 'owner',
          actor: actor.name,
          nominalAt: null,
        });
        return detail(write, id);
      }),
    'intent.moveTime': ({ id, version, ...wanted }, { actor }) =>
      store.tryWrite((write) => {
        const intent = open(write, id, version);
        const { times, fields } = unwrap(planMoves(intent, listMoved(write, id), wanted, clock.now()));
        for (const time of times) keepMoved(write, id, time);
        editIntent(write, id, intent.version, fields, actor.name);
        return detail(write, id);
      }),
    'intent.cancel': async ({ id, version }, { actor }) => {
      const cancelled = store.tryWrite((write) => {
        const intent = open(write, id, version);
        const { activeRun } = runLines(write, id);
        if (activeRun !== null && !['draft', 'queued', 'paused', 'blocked'].includes(activeRun.status))
          throw busy(write, id);
        editIntent(write, id, intent.version, { enabled: false, nextDueAt: null }, actor.name);
        settleAllWaiting(write, id, { outcome: 'skipped', reason: 'The intent was cancelled.' });
        // First, so that its run ends as part of this and leaves nothing to be retried.
        transitionIntent(write, id, 'cancel', actor.name);
        if (activeRun !== null) {
          deleteChildrenOf(write, activeRun.id);
          endRun(write, activeRun.id, 'stop', actor.name);
        }
        if (intent.goalId !== null) deriveProgress(write, intent.goalId, actor.name);
        return { detail: detail(write, id), stopped: activeRun };
      });
      if (!cancelled.ok) return cancelled;
      if (cancelled.value.stopped !== null) await tidy.run(cancelled.value.stopped.id);
      return ok(cancelled.value.detail);
    },
    'intent.delete': ({ id }, { actor }) =>
      store.tryWrite((write) => {
        if (countIntentRuns(write, id) > 0)
          throw new FailureError({
            tag: 'intent_has_runs',
            message: 'This intent has had runs, and their history stays.',
            hint: 'Cancel it instead: it then never fires again.',
          });
        deleteIntent(write, id, actor.name);
        return { id };
      }),
    'schedule.preview': ({ trigger }) => {
      const checked = catchFailure(() => {
        const parsed = triggerSchema.safeParse(trigger);
        if (!parsed.success)
          throw new FailureError({
            tag: 'invalid_trigger',
            message: parsed.error.issues[0]?.message ?? 'This is no trigger.',
          });
        unwrap(checkTrigger(parsed.data, clock.now()));
        return store.read((read) => {
          checkCause(read, parsed.data, null);
          return describeTrigger(parsed.data, clock.now(), { nameOf: namesIn(read) });
        });
      });
      return ok(
        checked.ok
          ? { valid: true, schedule: checked.value, error: null }
          : {
              valid: false,
              schedule: null,
              error: { message: checked.error.message, hint: checked.error.hint ?? '' },
            },
      );
    },
  };
}

/** Those fields of a request that an intent takes as they are, if they were given. */
function plainFields(fields: { readonly [K in PlainField]?: Intent[K] | undefined }): Partial<
  Pick<Intent, PlainField>
> {
  return given({
    misfirePolicy: fields.misfirePolicy,
    misfireMaxAgeMs: fields.misfireMaxAgeMs,
    misfireCap: fields.misfireCap,
    retryPolicy: fields.retryPolicy,
    priority: fields.priority,
    model: fields.model,
    lane: fields.lane,
    contextFiles: fields.contextFiles,
  });
}

function recurs(trigger: Trigger): boolean {
  return trigger.type === 'cron' || trigger.type === 'interval';
}

/** An interval that stays as it was keeps its beat. */
function dueAfterEdit(intent: Intent, trigger: Trigger, next: string | null): string | null {
  if (!intent.enabled) return null;
  return sameTrigger(intent, trigger) ? intent.nextDueAt : next;
}

function sameTrigger(intent: Intent, trigger: Trigger): boolean {
  return JSON.stringify(trigger) === JSON.stringify(intent.trigger);
}

function ended(intent: Intent): FailureError {
  return new FailureError({
    tag: 'intent_ended',
    message: `This intent is ${intent.status}; nothing more comes of it.`,
    hint: 'Create a new one.',
  });
}

function busy(write: Write, id: string): FailureError {
  const { activeRun } = runLines(write, id);
  return new FailureError({
    tag: 'intent_busy',
    message: `Run #${String(activeRun?.number ?? '?')} of this intent is not ended yet (${activeRun?.status ?? 'running'}).`,
    hint: 'An intent has one run at a time. Wait for it, or stop it.',
  });
}
