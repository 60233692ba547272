import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';

const figure = z.number().min(-1e12).max(1e12);

/** What a goal is measured by: where it stood, and where it should get to. Either may be the larger. */
export const measureSchema = z
  .object({
    /** Such as "fail rate". */
    name: z.string().trim().min(1, 'Say what is measured.').max(60),
    /** Such as "%" or "ms"; may be empty. */
    unit: z.string().trim().max(12),
    start: figure,
    target: figure,
  })
  .refine(({ start, target }) => start !== target, {
    path: ['target'],
    message: 'The target must differ from where it stands.',
  });
export type Measure = z.infer<typeof measureSchema>;

export const readingSchema = z.object({
  id: idSchema,
  value: figure,
  actor: z.string(),
  createdAt: timeSchema,
});
export type Reading = z.infer<typeof readingSchema>;

/** How much of the way from start to target is behind, 0 to 100; a measure that went the other way is at 0. */
export function measuredProgress({ start, target }: Pick<Measure, 'start' | 'target'>, now: number): number {
  const share = (now - start) / (target - start);
  return Math.round(Math.min(1, Math.max(0, share)) * 100);
}
