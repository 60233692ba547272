import { z } from 'zod';
import { idSchema, timeSchema, versionSchema, viewNameSchema } from '../primitives.ts';
import { boardLanes } from './board-facts.ts';
import { boardFilterSchema } from './board-filter.ts';
import { schemaOf } from '../list-schema.ts';

/** A board as its owner likes to see it, under a name. */
export const boardViewSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: viewNameSchema,
  filter: boardFilterSchema,
  lanes: schemaOf(boardLanes),
  /** What a new window starts with; at most one. */
  isDefault: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type BoardView = z.infer<typeof boardViewSchema>;
