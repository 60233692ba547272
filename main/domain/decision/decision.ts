import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

export const decisionEntity = valueList({ proposal: 'Proposal', run: 'Run' });
export type DecisionEntity = ValueOf<typeof decisionEntity>;

export const decisionChannel = valueList({
  dashboard: 'Dashboard',
  cli: 'Command line',
  api: 'API',
  notification: 'Notification',
  tray: 'Tray',
  rule: 'Rule',
});
export type DecisionChannel = ValueOf<typeof decisionChannel>;

export const decisionSchema = z.object({
  id: idSchema,
  entity: schemaOf(decisionEntity),
  entityId: idSchema,
  action: z.string(),
  actor: z.string(),
  channel: schemaOf(decisionChannel),
  reason: z.string().nullable(),
  rule: z.string().nullable(),
  /** Milliseconds from when it could be decided until it was. */
  responseMs: z.int(),
  /** What was shown when it was decided. */
  snapshot: z.record(z.string(), z.json()),
  createdAt: timeSchema,
});
export type Decision = z.infer<typeof decisionSchema>;

/** Who acts and from where; every command carries one. */
export interface Actor {
  readonly name: string;
  readonly channel: DecisionChannel;
}
