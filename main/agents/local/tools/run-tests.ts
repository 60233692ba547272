import { z } from 'zod';
import { outcomeWords, type RunHere } from './run-command-tool.ts';
import { toolOf, type Tool } from './tool.ts';

export function runTestsTool(run: RunHere, command: string, limitMs: number): Tool {
  return toolOf({
    name: 'run_tests',
    description: `Run the project's tests (${command}) in the worktree and read what they print.`,
    input: z.object({}),
    run: async () => outcomeWords(await run(command, limitMs), limitMs),
  });
}
