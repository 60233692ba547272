import { z } from 'zod';
import { valueList, type ValueOf } from '../value-list.ts';
import { idSchema, timeSchema } from '../primitives.ts';
import { proposalStage } from '../proposal/stage.ts';
import { runEventType } from '../run/run-event.ts';
import { runStatus } from '../run/status.ts';
import { schemaOf } from '../list-schema.ts';

export const searchKind = valueList({ proposal: 'Proposal', run: 'Run', event: 'Event' });
export type SearchKind = ValueOf<typeof searchKind>;

/** Where in a proposal, a run or an event the words were found. */
export const searchPlace = valueList({
  title: 'Title',
  content: 'Content',
  source: 'Source',
  talk: 'Questions and answers',
  plan: 'Plan',
  name: 'Name',
  query: 'Task',
  result: 'Result',
  body: 'Event',
});
export type SearchPlace = ValueOf<typeof searchPlace>;

/** Start and end of what was found, in UTF-16 units of the text beside it; the end is not part of it. In order, without overlap. */
export const rangeSchema = z.tuple([z.int().min(0), z.int().min(0)]);
export type Range = z.infer<typeof rangeSchema>;

export const searchHitSchema = z.object({
  kind: schemaOf(searchKind),
  /** Of the proposal or the run; an event is its run's, with `seq`. */
  id: idSchema,
  number: z.int(),
  title: z.string(),
  titleRanges: z.array(rangeSchema),
  /** A piece of the text the words stand in; null: they stand in the title. */
  snippet: z
    .object({ place: schemaOf(searchPlace), text: z.string(), ranges: z.array(rangeSchema) })
    .nullable(),
  projectId: idSchema.nullable(),
  projectName: z.string().nullable(),
  /** Of a proposal. */
  stage: schemaOf(proposalStage).nullable(),
  /** Of a run, or of the run of an event. */
  status: schemaOf(runStatus).nullable(),
  /** Of an event. */
  seq: z.int().nullable(),
  eventType: schemaOf(runEventType).nullable(),
  /** When it last changed; of an event, when it happened. */
  at: timeSchema,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** What is not in the index yet: changed proposals and runs that wait, and whether what was there before Homer looked is all in. */
export const indexStateSchema = z.object({ behind: z.int().min(0), complete: z.boolean() });
export type IndexState = z.infer<typeof indexStateSchema>;
