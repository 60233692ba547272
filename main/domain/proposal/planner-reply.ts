import { z } from 'zod';
import { microUsdSchema, type JsonObject } from '../primitives.ts';
import { riskLevel } from '../risk/gate.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { lastJsonObject } from './last-json-object.ts';
import { effort, planSchema, type Plan } from './plan.ts';
import { schemaOf } from '../list-schema.ts';

const estimate = z.number().nullable();

/** The form a planner is asked for, as plain as programs with a schema of their own take it: every field is there, limits are checked here. */
const asked = z.object({
  steps: z.array(z.string()),
  effort: schemaOf(effort),
  risk: schemaOf(riskLevel),
  files: z.array(z.string()),
  testCommand: z.string(),
  estimate: z.object({ tokens: estimate, minutes: estimate, costUsd: estimate }),
  questions: z.array(
    z.object({ question: z.string(), required: z.boolean(), suggestions: z.array(z.string()) }),
  ),
});

/** The same as a JSON schema. */
export const plannerReplyJsonSchema: JsonObject = jsonSchema();

function jsonSchema(): JsonObject {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(asked);
  return JSON.parse(JSON.stringify(schema)) as JsonObject;
}

const MOST_QUESTIONS = 12;
const most = z.number().min(0).max(1e12).nullable().default(null);

const replySchema = z.object({
  steps: z.array(planSchema.shape.steps.element).max(50),
  effort: schemaOf(effort),
  risk: schemaOf(riskLevel),
  files: planSchema.shape.files.default([]),
  testCommand: z.string().trim().max(2_000).default(''),
  estimate: z.object({ tokens: most, minutes: most, costUsd: most }).nullable().default(null),
  questions: z
    .array(
      z.object({
        question: z.string().trim().min(1).max(4_000),
        required: z.boolean().default(false),
        suggestions: z.array(z.string().trim().min(1).max(500)).max(6).default([]),
      }),
    )
    .max(MOST_QUESTIONS)
    .default([]),
});

export interface PlannerQuestion {
  readonly question: string;
  readonly required: boolean;
  readonly suggestions: readonly string[];
}

export interface PlannerReply {
  /** Null: there is no plan before the questions are answered. */
  readonly plan: Plan | null;
  readonly questions: readonly PlannerQuestion[];
}

/**
 * The last JSON object of what a planner said, checked. A test command other than the project's becomes a proposal that the owner accepts: a plan
 * never changes by itself what is run.
 */
export function readReply(
  text: string,
  of: { readonly testCommand: string; readonly task: 'plan' | 'research' },
): Result<PlannerReply> {
  if (text.trim() === '') return fail('planner_malformed', 'The planner answered nothing.');
  const found = lastJsonObject(text, 'steps');
  if (found === undefined)
    return fail('planner_malformed', 'The planner’s answer holds no whole JSON object.');
  const parsed = replySchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return fail(
      'planner_malformed',
      `The planner’s answer does not have the form of a plan: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'unknown'}.`.replace(
        /\.\.$/u,
        '.',
      ),
    );
  }
  const { steps, files, questions, testCommand, estimate: told, ...rest } = parsed.data;
  if (steps.length === 0 && questions.length === 0 && of.task === 'plan')
    return fail('planner_malformed', 'The planner’s answer has neither a step nor a question.');
  const differs = testCommand !== '' && testCommand !== of.testCommand;
  const cost = microUsdSchema.safeParse(Math.round((told?.costUsd ?? 0) * 1e6));
  return ok({
    plan:
      steps.length === 0
        ? null
        : {
            ...rest,
            steps,
            files,
            testCommand: '',
            proposedTestCommand: differs ? testCommand : '',
            // A zero is no estimate: it would read as “free”.
            costMicroUsd: (cost.success ? cost.data : null) || null,
            tokens: Math.round(told?.tokens ?? 0) || null,
            durationMs: Math.round((told?.minutes ?? 0) * 60_000) || null,
          },
    questions,
  });
}
