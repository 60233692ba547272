import type { Intent } from '../domain/intent/intent.ts';

/** What the owner may change of an intent. */
export type IntentFields = Pick<
  Intent,
  | 'name'
  | 'description'
  | 'intentType'
  | 'query'
  | 'contextFiles'
  | 'lane'
  | 'executor'
  | 'model'
  | 'trigger'
  | 'execution'
  | 'priority'
  | 'enabled'
  | 'nextDueAt'
  | 'misfirePolicy'
  | 'misfireMaxAgeMs'
  | 'misfireCap'
  | 'retryPolicy'
  | 'goalId'
>;

/** These fields as columns of `intent`, in one order for every statement. */
export const INTENT_COLUMNS = [
  'name',
  'description',
  'intent_type',
  'query',
  'context_files',
  'lane',
  'executor',
  'model',
  'trigger_type',
  'trigger_config',
  'execution',
  'priority',
  'enabled',
  'next_due_at',
  'due_from',
  'misfire_policy',
  'misfire_max_age_ms',
  'misfire_cap',
  'retry_policy',
  'goal_id',
] as const;

export type IntentColumns = Record<(typeof INTENT_COLUMNS)[number], string | number | null>;

/** The values of these columns as of `now`, by name. */
export function intentColumns(intent: IntentFields, now: string): IntentColumns {
  return {
    name: intent.name,
    description: intent.description,
    intent_type: intent.intentType,
    query: intent.query,
    context_files: JSON.stringify(intent.contextFiles),
    lane: intent.lane,
    executor: intent.executor,
    model: intent.model,
    trigger_type: intent.trigger.type,
    trigger_config: JSON.stringify(intent.trigger),
    execution: JSON.stringify(intent.execution),
    priority: intent.priority,
    enabled: intent.enabled ? 1 : 0,
    next_due_at: intent.nextDueAt,
    due_from: intent.nextDueAt === null ? null : now,
    misfire_policy: intent.misfirePolicy,
    misfire_max_age_ms: intent.misfireMaxAgeMs,
    misfire_cap: intent.misfireCap,
    retry_policy: JSON.stringify(intent.retryPolicy),
    goal_id: intent.goalId,
  };
}
