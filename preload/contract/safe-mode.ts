import { z } from 'zod';
import { timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

/** What is wrong with the database, and what there is to go back to. */
const damageSchema = z.object({
  /** Path of the damaged file; nothing is ever written to it. */
  database: z.string(),
  faults: z.array(z.string()),
  /** Newest first. */
  backups: z.array(
    z.object({
      /** Name of the file in the folder of backups. */
      name: z.string(),
      createdAt: timeSchema,
      bytes: z.int(),
      reason: z.string(),
      /** Why it cannot be gone back to; null when it passed the full check. */
      fault: z.string().nullable(),
    }),
  ),
});
export type Damage = z.infer<typeof damageSchema>;

export const safeModeOperations = {
  'safeMode.get': query(
    'GET /safe-mode',
    'What is damaged, and the backups there are, while Homer is in safe mode; null while all is well.',
    z.object({}),
    z.object({ damage: damageSchema.nullable() }),
  ),
  'safeMode.restore': command(
    'POST /safe-mode/restore',
    'Goes back to a backup and leaves safe mode: the damaged file is set aside, and nothing of the restored work starts by itself.',
    z.object({ backup: z.string().min(1).max(200) }),
    z.object({
      from: z.string(),
      madeAt: timeSchema.nullable(),
      /** Where the damaged file lies now. */
      setAside: z.string().nullable(),
      /** Runs that were at work when the backup was made, and now wait for their owner. */
      paused: z.int(),
    }),
  ),
};
