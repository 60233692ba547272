import { z } from 'zod';
import { idSchema, timeSchema, versionSchema } from '../primitives.ts';
import { boardLanes } from './board-facts.ts';
import { boardFilterSchema } from './board-filter.ts';
import { schemaOf } from '../list-schema.ts';

/** A board as its owner likes to see it, under a name. */
export const boardViewSchema = z.object({
  id: idSchema,
  version: versionSchema,
  name: z
    .string()
    .trim()
    .min(1, 'Give it a name.')
    .max(60, 'Keep this under 60 characters.')
    .refine((text) => !/[\u0000-\u001f\u007f]/u.test(text), 'Keep this on one line.'),
  filter: boardFilterSchema,
  lanes: schemaOf(boardLanes),
  /** What a new window starts with; at most one. */
  isDefault: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type BoardView = z.infer<typeof boardViewSchema>;
