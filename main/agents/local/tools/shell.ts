import { z } from 'zod';
import { outcomeWords, type RunHere } from './run-command-tool.ts';
import { toolOf, type Tool } from './tool.ts';

/** For projects that trust their agent. What it starts ends with it. */
export function shellTool(run: RunHere, mostMs: number): Tool {
  return toolOf({
    name: 'shell',
    description:
      'Run a command line with /bin/sh in the worktree. It cannot ask for input, and what it starts ends with it.',
    input: z.object({
      command: z.string().min(1).max(20_000),
      timeout_seconds: z.int().min(1).optional().describe('When to end it; 120 unless given'),
    }),
    async run({ command, timeout_seconds: seconds = 120 }) {
      const limitMs = Math.min(mostMs, seconds * 1_000);
      return outcomeWords(await run(command, limitMs), limitMs);
    },
  });
}
