import type { z } from 'zod';
import type { LoopLine } from '../loop-line.ts';

/** What a tool gave, in words for the model. */
export interface ToolOutcome {
  readonly ok: boolean;
  readonly output: string;
  readonly change?: Extract<LoopLine, { type: 'result' }>['change'];
}

/** One thing the model can do. `run` is given checked arguments and answers in words, also when it refuses. */
export interface Tool<I = unknown> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<I>;
  run(input: I): Promise<ToolOutcome>;
}

export const done = (output: string, change?: ToolOutcome['change']): ToolOutcome => ({
  ok: true,
  output,
  ...(change === undefined ? {} : { change }),
});
export const refused = (output: string): ToolOutcome => ({ ok: false, output });

/** Its arguments are checked here, so that tools of all kinds stand in one list. */
export function toolOf<I>(tool: Tool<I>): Tool {
  return {
    ...tool,
    input: tool.input,
    async run(input) {
      const parsed = tool.input.safeParse(input);
      if (parsed.success) return tool.run(parsed.data);
      const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return refused(`The arguments of ${tool.name} do not fit. ${issues.join('; ')}`);
    },
  };
}
