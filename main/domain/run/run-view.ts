import { z } from 'zod';
import { schemaOf } from '../list-schema.ts';
import { idSchema, timeSchema, versionSchema } from '../primitives.ts';
import { runListFilterSchema, runTab } from './run-list-filter.ts';

/** A list of runs as its owner likes to see it, under a name. */
export const runViewSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: z
    .string()
    .trim()
    .min(1, 'Give it a name.')
    .max(60, 'Keep this under 60 characters.')
    .refine((text) => !/[\u0000-\u001f\u007f]/u.test(text), 'Keep this on one line.'),
  /** The tab it narrows down. */
  tab: schemaOf(runTab),
  filter: runListFilterSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type RunView = z.infer<typeof runViewSchema>;
