import { z } from 'zod';
import { schemaOf } from '../../main/domain/list-schema.ts';
import { timeSchema } from '../../main/domain/primitives.ts';
import { valueList } from '../../main/domain/value-list.ts';
import { command, query } from './operation.ts';

/** Why the database cannot be used: it is damaged, a newer Homer has written it, the disk has no room to open it, or something else. */
export const damageCause = valueList({
  damaged: 'Damaged',
  newer: 'Of a newer Homer',
  no_room: 'No room on the disk',
  failed: 'Cannot be opened',
});

/** What is wrong with the database, and what there is to go back to. */
const damageSchema = z.object({
  cause: schemaOf(damageCause),
  /** What to do about it, where going back to a backup is not the first thing to try; empty: nothing else is known. */
  hint: z.string(),
  /** Path of the file; nothing is ever written to it. */
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
    'Why the database cannot be used, and the backups there are, while Homer is in safe mode; null while all is well.',
    z.object({}),
    z.object({ damage: damageSchema.nullable() }),
  ),
  'safeMode.retry': command(
    'POST /safe-mode/retry',
    'Opens the database once more, and leaves safe mode when it can be used now.',
    z.object({}),
    z.object({ running: z.literal(true) }),
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
