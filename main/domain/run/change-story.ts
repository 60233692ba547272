import { z } from 'zod';

/** Why a result looks as it does: which step changed each file, and what the agent said as it did. */
export const changeStorySchema = z.object({
  /** In the order they were taken, of all attempts; only those that changed something. */
  steps: z.array(
    z.object({
      attempt: z.int(),
      step: z.int(),
      stage: z.string(),
      title: z.string(),
      paths: z.array(z.string()),
    }),
  ),
  words: z.array(
    z.object({
      path: z.string(),
      text: z.string(),
      /** The event that holds them. */
      seq: z.int(),
      step: z.int(),
      /** Lines the agent wrote with it, where they are known: they tell which hunk is meant. */
      lines: z.array(z.string()),
    }),
  ),
});
export type ChangeStory = z.infer<typeof changeStorySchema>;
