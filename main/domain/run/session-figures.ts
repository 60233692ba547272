import { z } from 'zod';

/** All that a session of an agent has used, as its program counts. `costMicroUsd` is null where it tells no cost. */
export const sessionFiguresSchema = z.object({
  tokensIn: z.int(),
  tokensOut: z.int(),
  tokensCached: z.int(),
  costMicroUsd: z.int().nullable(),
});
export type SessionFigures = z.infer<typeof sessionFiguresSchema>;
