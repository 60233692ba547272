import { z } from 'zod';
import { decisionSchema } from '../../main/domain/decision/decision.ts';
import { choiceAction, snoozeChoice } from '../../main/domain/inbox/choice.ts';
import { inboxItemSchema, inboxKeySchema, inboxKind } from '../../main/domain/inbox/inbox-item.ts';
import { inboxSection } from '../../main/domain/inbox/inbox-section.ts';
import { proposalStage } from '../../main/domain/proposal/stage.ts';
import { idSchema, timeSchema, versionSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const doneSchema = decisionSchema
  .pick({
    id: true,
    entity: true,
    entityId: true,
    action: true,
    actor: true,
    channel: true,
    reason: true,
    createdAt: true,
  })
  .extend({
    ref: z.string(),
    title: z.string(),
    projectName: z.string().nullable(),
    /** What undoes it: its proposal goes back to where it stood, or its plan is no longer revised; null when nothing does any more. */
    undo: z.enum(['take_back', 'stop_planning']).nullable(),
  });
export type Done = z.infer<typeof doneSchema>;

const page = z.object({
  projectId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const inboxOperations = {
  'inbox.list': query(
    'GET /inbox',
    'What needs the owner, section by section: first what blocks a running agent; within a section the oldest.',
    page.extend({ limit: z.coerce.number().int().min(1).max(1_000).default(200) }),
    z.object({
      seq: z.int(),
      total: z.int(),
      items: z.array(inboxItemSchema),
      /** How much waits in each section that has something, in their order: all of it, not only what is listed. */
      sections: z.array(z.object({ section: schemaOf(inboxSection), total: z.int() })),
      /** How many are snoozed besides. */
      snoozed: z.int(),
    }),
  ),
  'inbox.snoozed': query(
    'GET /inbox/snoozed',
    'What was snoozed, the first to come back first.',
    page,
    z.object({
      total: z.int(),
      items: z.array(inboxItemSchema.extend({ snoozedUntil: timeSchema })),
    }),
  ),
  'inbox.done': query(
    'GET /inbox/done',
    'The newest decisions, whoever made them and wherever, with what can be undone.',
    page,
    z.array(doneSchema),
  ),
  'inbox.decide': command(
    'POST /inbox/{key}/decide',
    'Decides on an item of the inbox, of whichever kind, as it was shown. The first decision wins; a later one hears what was decided.',
    z.object({
      key: inboxKeySchema,
      version: versionSchema,
      kind: schemaOf(inboxKind),
      action: schemaOf(choiceAction),
      /** An answer, a reason, or what a plan should change. */
      text: z.string().trim().max(10_000).optional(),
    }),
    z.object({ key: z.string(), action: schemaOf(choiceAction) }),
  ),
  'inbox.snooze': command(
    'POST /inbox/{key}/snooze',
    'Takes an item out of the inbox until a time, or for one of the usual spans; it also comes back when it changes.',
    z
      .object({
        key: inboxKeySchema,
        version: versionSchema,
        until: timeSchema.optional(),
        for: z.enum(snoozeChoice).optional(),
      })
      .refine((input) => (input.until === undefined) !== (input.for === undefined), 'Give until or for.'),
    z.object({ key: z.string(), until: timeSchema, version: z.int() }),
  ),
  'inbox.unsnooze': command(
    'POST /inbox/{key}/unsnooze',
    'Brings a snoozed item back.',
    z.object({ key: inboxKeySchema, version: versionSchema }),
    z.object({ key: z.string() }),
  ),
  'inbox.undo': command(
    'POST /inbox/done/{id}/undo',
    'Undoes the last decision on a proposal while nothing followed it: the proposal stands again where it stood, and a plan that is being written for it is not. What was executed is not undone.',
    z.object({ id: idSchema }),
    z.object({ key: z.string(), stage: schemaOf(proposalStage), planningEnded: z.boolean() }),
  ),
};
