import { z } from 'zod';
import { modelListSchema } from '../../main/domain/agent/model-list.ts';
import { command, query } from './operation.ts';

const figure = z.int().min(0);

export const agentOperations = {
  'agent.models': query(
    'GET /agents/{name}/models',
    'The models an executor offers, by the list of its program or its endpoints, else by the price table; other names may work too.',
    z.object({
      /** The executor, such as `local`. */
      name: z.string().min(1).max(80),
      /** Asks anew, also when the list is known from a moment ago; over REST `?fresh=true`. */
      fresh: z.union([z.boolean(), z.stringbool()]).default(false),
    }),
    modelListSchema,
  ),
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
