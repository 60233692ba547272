import { z } from 'zod';
import { idSchema } from '../../main/domain/primitives.ts';
import { proposalStage } from '../../main/domain/proposal/stage.ts';
import { runStatus } from '../../main/domain/run/status.ts';
import { indexStateSchema, searchHitSchema, searchKind } from '../../main/domain/search/search.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** Words, of which each may go on, or phrases in quotation marks. */
const typedSchema = z
  .string()
  .trim()
  .min(1, 'Type what to search for.')
  .max(200, 'Keep this under 200 characters.');

export const searchOperations = {
  'search.find': query(
    'GET /search',
    'Finds proposals, runs and events of runs that hold all words, wherever they begin so; words in quotation marks stand together. The best and newest come first; P-12 and #7 find by number.',
    z.object({
      text: typedSchema,
      /** All kinds when not given. */
      kinds: z.array(schemaOf(searchKind)).min(1).optional(),
      projectId: idSchema.optional(),
      /** Proposals in these stages only. */
      stages: z.array(schemaOf(proposalStage)).min(1).optional(),
      /** Runs, and events of runs, in these states only. */
      statuses: z.array(schemaOf(runStatus)).min(1).optional(),
      /** At most so many of each kind. */
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    z.object({ hits: z.array(searchHitSchema), index: indexStateSchema }),
  ),
  'search.run': query(
    'GET /runs/{id}/find',
    'Finds the events of a run that hold all words, over the whole timeline: their sequence numbers, oldest first, at most 5,000, and how many there are.',
    z.object({ id: idSchema, text: typedSchema }),
    z.object({ seqs: z.array(z.int()), total: z.int(), complete: z.boolean() }),
  ),
};
