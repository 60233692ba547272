import { z } from 'zod';
import { idSchema, lineSchema, textSchema, timeSchema, versionSchema } from '../primitives.ts';
import { goalStatus } from './status.ts';
import { schemaOf } from '../list-schema.ts';

export const goalSchema = z.object({
  id: idSchema,
  version: versionSchema,
  title: lineSchema,
  description: textSchema,
  category: z.string().max(60),
  priority: z.int().min(0).max(100),
  status: schemaOf(goalStatus),
  /** 0-100. Derived from children and finished intents unless set by hand. */
  progress: z.int().min(0).max(100),
  progressByHand: z.boolean(),
  targetDate: z.iso.date().nullable(),
  parentId: idSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Goal = z.infer<typeof goalSchema>;
