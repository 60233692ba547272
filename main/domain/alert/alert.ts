import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What the owner is to know of the runtime itself, rather than of one run. */
export const alertKind = valueList({
  failures: 'Many failures',
  stuck_run: 'Run without a sign of life',
  stuck_queue: 'Queue stands still',
  account_refused: 'Account cannot sign in',
  budget_near: 'Daily cap nearly spent',
  budget_spent: 'Daily cap spent',
  restored: 'Backup restored',
  not_restored: 'Backup not restored',
});
export type AlertKind = ValueOf<typeof alertKind>;

/** Tells what happened once, and stands until the owner has read it; the others stand as long as they are true. */
export const toldOnce: ReadonlySet<AlertKind> = new Set(['restored', 'not_restored']);

export const alertSchema = z.object({
  id: idSchema,
  kind: schemaOf(alertKind),
  /** The run, account or project it is about; empty when it is about the runtime. */
  subject: z.string(),
  message: z.string(),
  hint: z.string(),
  createdAt: timeSchema,
  /** Null while it stands. */
  clearedAt: timeSchema.nullable(),
  clearedBy: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;
