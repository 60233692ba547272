import { z } from 'zod';
import { rateWindowSchema } from '../../domain/account/rate-window.ts';
import { timeSchema } from '../../domain/primitives.ts';

const endingSchema = z.object({
  homer: z.literal('ending'),
  /** Why it failed, as far as an account can be blamed for it; null: for no such reason. */
  class: z.enum(['rate_limited', 'auth', 'network']).nullable().default(null),
  resetsAt: timeSchema.nullable().default(null),
  windows: z.array(rateWindowSchema).max(20).default([]),
  sessionId: z.string().max(200).nullable().default(null),
});
export type ToldEnding = z.infer<typeof endingSchema>;

/** What a script says of how the agent program it called ended; undefined for any other line. */
export function parseEndingLine(text: string): ToldEnding | undefined {
  if (!text.startsWith('{') || !text.includes('"ending"')) return undefined;
  try {
    const parsed = endingSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
