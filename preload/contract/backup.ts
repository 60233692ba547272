import { z } from 'zod';
import { timeSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

const backupSchema = z.object({
  /** Name of the file; a backup is chosen by it. */
  name: z.string(),
  path: z.string(),
  bytes: z.int(),
  createdAt: timeSchema,
  reason: z.string(),
  /** What stands in it; null when it cannot be read. */
  holds: z
    .object({
      schema: z.int(),
      /** The Homer that wrote it; null: not noted yet when it was made. */
      version: z.string().nullable(),
      proposals: z.int(),
      runs: z.int(),
      decisions: z.int(),
      /** When something changed in it last. */
      newestAt: timeSchema.nullable(),
    })
    .nullable(),
});
export type Backup = z.infer<typeof backupSchema>;

const nameInput = z.object({ backup: z.string().min(1).max(200) });

/** What going back to a backup would come to, looked at in full. */
const restorePreviewSchema = z.object({
  backup: backupSchema,
  /** Why it cannot be gone back to; null: it passed the full check, and this Homer knows its schema. */
  fault: z.string().nullable(),
  /** Its schema is older, and is brought up to date when it is restored. */
  older: z.boolean(),
  /** What there is now and not in it; null when it has a fault. */
  lost: z
    .object({
      changes: z.int(),
      /** The last change both have; null: none. */
      since: timeSchema.nullable(),
      proposals: z.int(),
      runs: z.int(),
      decisions: z.int(),
    })
    .nullable(),
  /** Why this host cannot do it by itself; empty: it can. */
  notOffered: z.string(),
});
export type RestorePreview = z.infer<typeof restorePreviewSchema>;

export const backupOperations = {
  'backup.create': command(
    'POST /backups',
    'Copies the database while it is in use, and checks the copy.',
    z.object({}),
    z.object({ path: z.string(), bytes: z.int(), durationMs: z.number() }),
  ),
  'backup.list': query('GET /backups', 'Backups, newest first.', z.object({}), z.array(backupSchema)),
  'backup.preview': query(
    'GET /backups/{backup}',
    'Checks a backup in full, and says what going back to it would lose.',
    nameInput,
    restorePreviewSchema,
  ),
  'backup.restore': command(
    'POST /backups/{backup}/restore',
    'Goes back to a backup: backs up what there is now, ends the work of the host in order, replaces the database and goes on with it.',
    nameInput,
    z.object({
      from: z.string(),
      madeAt: timeSchema.nullable(),
      /** Where the former database lies now. */
      setAside: z.string().nullable(),
      /** Runs that were at work when the backup was made, and now wait for their owner. */
      paused: z.int(),
      /** The backup of what there was just before. */
      kept: z.string(),
    }),
  ),
};
