import { z } from 'zod';
import { timeSchema } from '../../main/domain/primitives.ts';
import { upkeepTask } from '../../main/domain/upkeep/task.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** Sizes are bytes. */
export const dataStatusSchema = z.object({
  folder: z.string(),
  schema: z.int(),
  sizes: z.object({
    database: z.int(),
    /** Of the database, what holds nothing and can be given back. */
    free: z.int(),
    writeAheadLog: z.int(),
    rawOutput: z.int(),
    backups: z.int(),
    logs: z.int(),
    archives: z.int(),
    /** Databases that a restore set aside. */
    setAside: z.int(),
  }),
  tables: z.array(z.object({ name: z.string(), rows: z.int() })),
  lastBackup: z.object({ path: z.string(), createdAt: timeSchema, reason: z.string() }).nullable(),
  upkeep: z.array(
    z.object({
      task: schemaOf(upkeepTask),
      lastTriedAt: timeSchema.nullable(),
      lastDoneAt: timeSchema.nullable(),
      error: z.string().nullable(),
    }),
  ),
  /** What retention would delete now. */
  retention: z.object({
    runEvents: z.int(),
    domainEvents: z.int(),
    outputs: z.int(),
    outputBytes: z.int(),
  }),
});
export type DataStatus = z.infer<typeof dataStatusSchema>;

export const dataOperations = {
  'data.status': query(
    'GET /data/status',
    'How big the data is, when it was backed up and checked last, and what retention would free.',
    z.object({}),
    dataStatusSchema,
  ),
};
