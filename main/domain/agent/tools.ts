import { z } from 'zod';
import { idSchema } from '../primitives.ts';

/**
 * What an agent at work may ask of Homer, over its MCP server: input of each tool, and the words that offer it. The host parses what it gets
 * once more: whoever holds a run's token may speak to it without the server in between.
 */
const line = (most: number): z.ZodString => z.string().trim().min(1).max(most);

export const proposeIdeaSchema = z.object({
  title: line(200).describe('What should be done, in one line.'),
  summary: line(2_000).describe('Why, and what was seen, in a few sentences.'),
  where: z.string().trim().max(500).default('').describe('File and line, or an address, if there is one.'),
});
export const askOwnerSchema = z.object({
  question: line(4_000).describe('One question, with what is needed to answer it.'),
});
export const reportProgressSchema = z.object({
  text: line(2_000).describe('What is done and what comes next, in a sentence or two.'),
});
export const noInputSchema = z.object({});
/** As agent programs call a tool that decides on permissions. */
export const permissionSchema = z.object({
  tool_name: line(200),
  input: z.record(z.string(), z.unknown()),
  tool_use_id: z.string().max(200).optional(),
});

export const agentTools = {
  propose_idea: {
    input: proposeIdeaSchema,
    title: 'Propose an idea',
    description:
      'Proposes work outside of this task to the owner, who decides on it later. Use it instead of doing more than was asked.',
  },
  ask_owner: {
    input: askOwnerSchema,
    title: 'Ask the owner',
    description:
      'Asks the owner of this work one question and waits for the answer, which may take hours. Only for what you cannot find out and must not guess.',
  },
  report_progress: {
    input: reportProgressSchema,
    title: 'Report progress',
    description: 'Tells the owner how far the work is, in the timeline of the run.',
  },
  get_goals: {
    input: noInputSchema,
    title: 'Goals',
    description: 'The goals that this work and this project serve.',
  },
  get_run_context: {
    input: noInputSchema,
    title: 'This run',
    description: 'What this run is for: task, plan, budget, path policy, test command.',
  },
} as const;
export type AgentTool = keyof typeof agentTools;

/** Waited for with one id, however often the host is asked for its answer. */
export const doorRequestSchema = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('propose_idea'), input: proposeIdeaSchema }),
  z.object({ tool: z.literal('ask_owner'), id: idSchema, input: askOwnerSchema }),
  z.object({ tool: z.literal('report_progress'), input: reportProgressSchema }),
  z.object({ tool: z.literal('get_goals'), input: noInputSchema }),
  z.object({ tool: z.literal('get_run_context'), input: noInputSchema }),
  z.object({ tool: z.literal('permission'), id: idSchema, input: permissionSchema }),
]);
export type DoorRequest = z.infer<typeof doorRequestSchema>;

/** `waiting`: nobody has decided yet; ask again with the same id. */
export const doorReplySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), text: z.string() }),
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('allowed') }),
  z.object({ state: z.literal('denied'), text: z.string() }),
  z.object({ state: z.literal('refused'), tag: z.string(), text: z.string() }),
]);
export type DoorReply = z.infer<typeof doorReplySchema>;

/** Asks the host for one thing, for as long as it takes. */
export type AskHost = (request: DoorRequest, signal: AbortSignal) => Promise<DoorReply>;

/** A tool as an agent program is told of it, in the words of the Model Context Protocol. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON schema. */
  readonly inputSchema: object;
  readonly annotations?: object;
  readonly _meta?: object;
}
