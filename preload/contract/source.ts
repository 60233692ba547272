import { z } from 'zod';
import { idSchema } from '../../main/domain/primitives.ts';
import { sourceSchema, sourceType } from '../../main/domain/source/source.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

export const sourceOperations = {
  'source.list': query(
    'GET /sources',
    'Lists discovery sources.',
    z.object({ projectId: idSchema.optional() }),
    z.array(sourceSchema),
  ),
  'source.check': command(
    'POST /sources/check',
    'Looks for work now. A dry run shows what would be proposed and keeps nothing.',
    z.object({ projectId: idSchema.optional(), dryRun: z.boolean().default(false) }),
    z.object({
      found: z.array(
        z.object({
          title: z.string(),
          source: schemaOf(sourceType),
          sourceRef: z.string(),
          relevance: z.int(),
          /** False when it was proposed before. */
          fresh: z.boolean(),
        }),
      ),
      created: z.int(),
      failures: z.array(
        z.object({ projectName: z.string(), source: schemaOf(sourceType), message: z.string() }),
      ),
    }),
  ),
};
