import { z } from 'zod';
import { microUsdSchema } from '../primitives.ts';
import { taskType } from '../run/task-type.ts';
import { retryPolicySchema } from './retry-policy.ts';
import { schemaOf } from '../list-schema.ts';

const MOST_CONTEXT_FILES = 50;

/** A file of the project by its path in it, as an agent is told to read it. */
export const contextFileSchema = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine(
    (path) =>
      !/^([/\\~]|[a-z]:)/iu.test(path) &&
      !path.split(/[/\\]/u).includes('..') &&
      !/[\u0000-\u001f\u007f]/u.test(path),
    'Give a path inside the project, such as docs/format.md.',
  );

/** What whoever asks for a run may choose beside its budget of steps; what is left out is as the settings and the project say. */
export const workChoicesSchema = z.object({
  maxMinutes: z.int().min(1).max(10_080).optional(),
  /** Tokens and cost the run may use; 0: no limit. */
  maxTokens: z.int().min(0).optional(),
  maxCostMicroUsd: microUsdSchema.optional(),
  /** What the executor `auto` is chosen by; code unless it says otherwise. */
  taskType: schemaOf(taskType).optional(),
  /** The model, as the executor's program names it; its own choice unless it says otherwise. */
  model: z.string().trim().min(1).max(120).optional(),
  /** Who goes first in the queue, 0 to 100; 50 unless it says otherwise. */
  priority: z.int().min(0).max(100).optional(),
  /** When it is tried again by itself; never unless it says so. */
  retry: retryPolicySchema.optional(),
  /** Files of the project the agent is told to read first. */
  contextFiles: z.array(contextFileSchema).max(MOST_CONTEXT_FILES).optional(),
});
export type WorkChoices = z.infer<typeof workChoicesSchema>;
