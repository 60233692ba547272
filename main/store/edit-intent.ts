import type { Intent } from '../domain/intent/intent.ts';
import type { Write } from './database.ts';
import { getIntent } from './intent-store.ts';
import { staleVersion } from './row.ts';

export type IntentFields = Partial<
  Pick<
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
  >
>;

/** Changes the fields of an intent that are given; its status is not among them. Throws `stale_version`. */
export function editIntent(
  write: Write,
  id: string,
  version: number,
  fields: IntentFields,
  actor: string,
): Intent {
  const before = getIntent(write, id);
  const intent = { ...before, ...fields };
  const { changes } = write
    .prepare(
      `UPDATE intent SET name = ?, description = ?, intent_type = ?, query = ?, context_files = ?, lane = ?, executor = ?, model = ?,
         trigger_type = ?, trigger_config = ?, execution = ?, priority = ?, enabled = ?, next_due_at = ?, due_from = ?,
         misfire_policy = ?, misfire_max_age_ms = ?, misfire_cap = ?, retry_policy = ?, goal_id = ?, version = version + 1, updated_at = ?
       WHERE id = ? AND version = ?`,
    )
    .run(
      intent.name,
      intent.description,
      intent.intentType,
      intent.query,
      JSON.stringify(intent.contextFiles),
      intent.lane,
      intent.executor,
      intent.model,
      intent.trigger.type,
      JSON.stringify(intent.trigger),
      JSON.stringify(intent.execution),
      intent.priority,
      intent.enabled ? 1 : 0,
      intent.nextDueAt,
      intent.nextDueAt === null ? null : write.now,
      intent.misfirePolicy,
      intent.misfireMaxAgeMs,
      intent.misfireCap,
      JSON.stringify(intent.retryPolicy),
      intent.goalId,
      write.now,
      id,
      version,
    );
  if (changes !== 1) throw staleVersion('intent');
  write.emit({
    type: 'intentChanged',
    entity: 'intent',
    entityId: id,
    actor,
    payload: { changed: Object.keys(fields), enabled: intent.enabled },
  });
  return getIntent(write, id);
}

/** Removes an intent that never had a run. */
export function deleteIntent(write: Write, id: string, actor: string): void {
  const { name } = getIntent(write, id);
  write.prepare('DELETE FROM intent WHERE id = ?').run(id);
  write.emit({ type: 'intentRemoved', entity: 'intent', entityId: id, actor, payload: { name } });
}
