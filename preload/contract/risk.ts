import { z } from 'zod';
import { idSchema, textSchema, versionSchema } from '../../main/domain/primitives.ts';
import { gateRuleSchema, riskProfile, sensitivePatternSchema } from '../../main/domain/risk/gate.ts';
import { pathPolicySchema } from '../../main/domain/risk/path-policy.ts';
import { budgetSchema } from '../../main/domain/run/budget.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

const gateAnswer = z.object({
  profile: schemaOf(riskProfile),
  /** What would become of the run: started by itself, or a draft. */
  start: z.enum(['queued', 'draft']),
  rules: z.array(gateRuleSchema),
  /** What it asks for, and what starts by itself under the profile strict. */
  budget: budgetSchema,
  defaults: budgetSchema,
});

export const riskOperations = {
  'gate.preview': query(
    'GET /gate/preview',
    'What the risk gate says of work in a project, rule by rule, before it is asked for. Changes nothing.',
    z.object({
      projectId: idSchema,
      query: textSchema.default(''),
      shellCommand: z.string().max(2_000).optional(),
      executor: z.string().max(40).optional(),
      maxSteps: z.coerce.number().int().min(1).max(200).optional(),
      maxMinutes: z.coerce.number().int().min(1).max(10_080).optional(),
      /** To see what another profile would say; absent: the project's. */
      profile: schemaOf(riskProfile).optional(),
      /** Patterns to try out in place of the project's. */
      patterns: z.array(sensitivePatternSchema).max(100).optional(),
    }),
    gateAnswer,
  ),
  'gate.explain': query(
    'GET /runs/{id}/gate',
    'Why a run is a draft: what the risk gate says of it now, rule by rule, with the words it met and what to change.',
    z.object({ id: idSchema }),
    gateAnswer,
  ),
  'gate.history': query(
    'GET /gate/history',
    'How often each risk profile would have asked in the last weeks: its rules over the work that was really asked for.',
    z.object({}),
    z.object({
      /** What was looked at: four weeks, or less where the first run is younger; a week at least. */
      days: z.number(),
      /** Only the newest runs were looked at, since there are so many. */
      cut: z.boolean(),
      projects: z.array(
        z.object({
          projectId: idSchema,
          name: z.string(),
          version: versionSchema,
          profile: schemaOf(riskProfile),
          /** Runs that the gate was asked about: those of owner, trigger and API, not what its owner approved as a plan. */
          runs: z.int(),
          /** How many of them each profile holds. */
          asks: z.object({ strict: z.int(), balanced: z.int(), trusted: z.int() }),
        }),
      ),
      permissions: z.object({ asked: z.int(), allowed: z.int(), denied: z.int(), expired: z.int() }),
    }),
  ),
  'policy.preview': query(
    'GET /policy/preview',
    'Which of these paths a run may change, and by which rule: under the policy of a project, or under one that is tried out.',
    z
      .object({
        projectId: idSchema.optional(),
        /** Globs to try out in place of the project's; deny wins, and an empty allow list allows all. */
        allow: pathPolicySchema.shape.allow.optional(),
        deny: pathPolicySchema.shape.deny.optional(),
        paths: z.array(z.string().min(1).max(1_000)).min(1).max(500),
      })
      .refine(
        ({ projectId, allow, deny }) => (projectId ?? allow ?? deny) !== undefined,
        'Give a project, or the globs to try.',
      ),
    z.object({
      policy: pathPolicySchema,
      paths: z.array(z.object({ path: z.string(), allowed: z.boolean(), rule: z.string() })),
    }),
  ),
};
