import { z } from 'zod';
import { costState } from '../cost/cost-state.ts';
import { inboxItemSchema } from '../inbox/inbox-item.ts';
import { durationSchema, idSchema, microUsdSchema, timeSchema } from '../primitives.ts';
import { runRowSchema } from '../run/run.ts';
import { proposalSource } from '../source/source.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** The morning a briefing belongs to, in the zone of the owner's days. */
export const briefingDaySchema = z
  .string()
  .regex(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, 'Write the day as 2026-11-21.');

const spanSchema = z.object({
  day: briefingDaySchema,
  from: timeSchema,
  to: timeSchema,
  /** Its morning is yet to come: it tells what happened so far. */
  open: z.boolean(),
  readAt: timeSchema.nullable(),
});

/** One briefing in the list of them. */
export const briefingLineSchema = spanSchema.extend({
  runs: z.int().min(0),
  failed: z.int().min(0),
  found: z.int().min(0),
});
export type BriefingLine = z.infer<typeof briefingLineSchema>;

/** What went wrong: whatever it was, it is about one thing that can be opened. */
export const troubleKind = valueList({
  run: 'Run',
  plan: 'Plan',
  missed: 'Missed time',
  source: 'Source',
  alert: 'Alert',
});
export type TroubleKind = ValueOf<typeof troubleKind>;

export const troubleSchema = z.object({
  kind: schemaOf(troubleKind),
  /** The run, proposal, intent or source; of an alert, its own. */
  id: z.string(),
  /** `#12`, `P-3`; empty for what has no number. */
  ref: z.string(),
  title: z.string(),
  why: z.string(),
  at: timeSchema,
  /** How many in a row have ended like this, this one with them. */
  inARow: z.int().min(1),
});
export type Trouble = z.infer<typeof troubleSchema>;

export const nextSchema = z.object({
  kind: z.enum(['run', 'intent']),
  id: idSchema,
  ref: z.string(),
  title: z.string(),
  /** When it is due; null for what starts as soon as it may. */
  at: timeSchema.nullable(),
  why: z.string(),
});

export const spendSchema = z.object({
  /** Null: work that no account was charged with. */
  accountId: idSchema.nullable(),
  name: z.string(),
  turns: z.int().min(0),
  tokens: z.int().min(0),
  costMicroUsd: microUsdSchema,
  costState: schemaOf(costState),
});
export type Spend = z.infer<typeof spendSchema>;

export const briefingFiguresSchema = z.object({
  /** Runs that came to an end, by how. */
  applied: z.int(),
  completed: z.int(),
  failed: z.int(),
  /** Stopped, discarded or refused. */
  given_up: z.int(),
  /** Came to wait for the owner, and still do: results to review, and questions. */
  review: z.int(),
  blocked: z.int(),
  rolledBack: z.int(),
  /** Runs that an agent worked on, and for how long in all. */
  worked: z.int(),
  workMs: durationSchema,
  /** What the applied ones changed. */
  files: z.int(),
  additions: z.int(),
  deletions: z.int(),
  found: z.int(),
  decided: z.int(),
  tokens: z.int(),
  costMicroUsd: microUsdSchema,
  costState: schemaOf(costState),
});
export type BriefingFigures = z.infer<typeof briefingFiguresSchema>;

export const briefingSchema = spanSchema.extend({
  zone: z.string(),
  figures: briefingFiguresSchema,
  /** The night in a few sentences. */
  story: z.array(z.string()),
  /** What waits now; null in a briefing of earlier, whose decisions have been made or wait in a newer one. */
  decide: z.object({ total: z.int(), items: z.array(inboxItemSchema) }).nullable(),
  /** Runs that came to an end or to a review, the newest first. */
  happened: z.array(runRowSchema),
  happenedMore: z.int(),
  found: z.array(
    z.object({
      id: idSchema,
      number: z.int(),
      title: z.string(),
      source: schemaOf(proposalSource),
      relevance: z.int(),
      projectName: z.string().nullable(),
    }),
  ),
  wrong: z.array(troubleSchema),
  wrongMore: z.int(),
  spend: z.array(spendSchema),
  /** What comes in the day after; null in a briefing of earlier. */
  next: z.array(nextSchema).nullable(),
});
export type Briefing = z.infer<typeof briefingSchema>;
