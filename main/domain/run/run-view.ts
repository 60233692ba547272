import { z } from 'zod';
import { schemaOf } from '../list-schema.ts';
import { idSchema, timeSchema, versionSchema, viewNameSchema } from '../primitives.ts';
import { runListFilterSchema, runTab } from './run-list-filter.ts';

/** A list of runs as its owner likes to see it, under a name. */
export const runViewSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: viewNameSchema,
  /** The tab it narrows down. */
  tab: schemaOf(runTab),
  filter: runListFilterSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type RunView = z.infer<typeof runViewSchema>;
