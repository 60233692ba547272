import type { Intent } from '../domain/intent/intent.ts';
import type { Write } from './database.ts';
import { INTENT_COLUMNS, intentColumns, type IntentFields } from './intent-columns.ts';
import { getIntent } from './intent-store.ts';
import { staleVersion } from './row.ts';

const UPDATE = `UPDATE intent SET ${INTENT_COLUMNS.map((column) => `${column} = :${column}`).join(', ')},
  version = version + 1, updated_at = :now WHERE id = :id AND version = :version`;

/** Changes the fields of an intent that are given; its status is not among them. Throws `stale_version`. */
export function editIntent(
  write: Write,
  id: string,
  version: number,
  fields: Partial<IntentFields>,
  actor: string,
): Intent {
  const intent = { ...getIntent(write, id), ...fields };
  const { now } = write;
  const { changes } = write.prepare(UPDATE).run({ ...intentColumns(intent, now), id, version, now });
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
