import { z } from 'zod';
import { command } from './operation.ts';

const figure = z.int().min(0);

export const agentOperations = {
  'agent.check': command(
    'POST /agents/check',
    'Checks a file that declares an agent program, and reads recorded output by it as a run would. Starts and keeps nothing.',
    z.object({
      /** Name of the file, for what is said of it. */
      file: z.string().min(1).max(300),
      text: z.string().max(256 * 1024),
      stdout: z
        .string()
        .max(4 * 1024 * 1024)
        .default(''),
      stderr: z
        .string()
        .max(1024 * 1024)
        .default(''),
      exitCode: z.int().min(0).max(255).default(0),
    }),
    z.object({
      name: z.string(),
      label: z.string(),
      /** What the output came to, in order: each event by its type and in a line. */
      events: z.array(z.object({ type: z.string(), text: z.string() })),
      /** Lines of standard output that no rule knew. */
      unread: z.array(z.string()),
      ending: z.object({
        class: z.string(),
        taskState: z.string(),
        message: z.string(),
        sessionId: z.string().nullable(),
        model: z.string().nullable(),
        tokensIn: figure,
        tokensOut: figure,
        tokensCached: figure,
        costMicroUsd: figure.nullable(),
      }),
    }),
  ),
};
