import { z } from 'zod';
import {
  secretEntrySchema,
  secretNameSchema,
  secretsStatusSchema,
  secretTextSchema,
} from '../../main/domain/secret/secret.ts';
import { command, query } from './operation.ts';

/** Values go in and never out: no operation answers with one. */
export const secretOperations = {
  'secret.list': query(
    'GET /secrets',
    'Lists secrets by name, without their values.',
    z.object({}),
    z.array(secretEntrySchema),
  ),
  'secret.status': query(
    'GET /secrets/status',
    'Where secrets are kept, and how well that protects them.',
    z.object({}),
    secretsStatusSchema,
  ),
  'secret.set': command(
    'POST /secrets',
    'Keeps a secret under a name, in the place of one that was there.',
    z.object({ name: secretNameSchema, value: secretTextSchema }),
    secretEntrySchema,
  ),
  'secret.delete': command(
    'POST /secrets/delete',
    'Deletes a secret.',
    z.object({ name: secretNameSchema }),
    z.object({ name: secretNameSchema }),
  ),
};
