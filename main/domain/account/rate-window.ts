import { z } from 'zod';
import { timeSchema } from '../primitives.ts';

/** One window of an account's plan, as its provider tells: what part of it is used, and when it begins anew. */
export const rateWindowSchema = z.object({
  /** As the provider names it, such as `five_hour`. */
  name: z.string(),
  /** 0 to 1; null when it was not told. */
  used: z.number().min(0).nullable(),
  resetsAt: timeSchema.nullable(),
  status: z.enum(['allowed', 'warning', 'rejected']),
});
export type RateWindow = z.infer<typeof rateWindowSchema>;
