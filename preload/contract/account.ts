import { z } from 'zod';
import {
  accountBilling,
  accountKind,
  accountSchema,
  variableSchema,
} from '../../main/domain/account/account.ts';
import { nightPlanSchema } from '../../main/domain/account/night-plan.ts';
import { quotaSchema } from '../../main/domain/account/quota.ts';
import { costState } from '../../main/domain/cost/cost-state.ts';
import { priceTableSchema } from '../../main/domain/cost/price-table.ts';
import {
  idSchema,
  lineSchema,
  microUsdSchema,
  timeSchema,
  versionSchema,
} from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** An account as every surface shows it: what it waits for is said, and a key never is. */
const shownSchema = accountSchema.omit({ credentialRef: true }).extend({
  hasKey: z.boolean(),
  /** Runs that work with it now, by number. */
  runs: z.array(z.int()),
  /** Part of each window that is not Homer's at this time of the day, in percent. */
  reserveNowPercent: z.int(),
  /** Why it cannot be taken now, and until when; null: it can. */
  waits: z.object({ why: z.string(), until: timeSchema.nullable() }).nullable(),
  /** Since when its sign-in is refused; null while it is in no error, or when nobody wrote that down. */
  signedOutAt: timeSchema.nullable(),
});
export type ShownAccount = z.infer<typeof shownSchema>;

const fields = {
  label: lineSchema.optional(),
  kind: schemaOf(accountKind).optional(),
  billing: schemaOf(accountBilling).optional(),
  home: z.string().trim().max(1_000).nullable().optional(),
  /** Where its models are, for an executor that takes an address, such as `local`; null: as the settings say. */
  baseUrl: z.string().trim().max(500).nullable().optional(),
  keyVariable: variableSchema.nullable().optional(),
  /** The key itself. It is kept by the secrets of this machine, and shown nowhere. */
  key: z.string().min(1).max(10_000).optional(),
  quotas: z.array(quotaSchema).max(10).optional(),
  reservePercent: z.int().min(0).max(100).nullable().optional(),
};

const sumSchema = z.object({
  costMicroUsd: microUsdSchema,
  state: schemaOf(costState),
  /** The cost as people read it: never a zero that means that nobody knows. */
  words: z.string(),
  tokensIn: z.int(),
  tokensOut: z.int(),
  tokensCached: z.int(),
});

export const accountOperations = {
  'account.list': query(
    'GET /accounts',
    'Lists the accounts of executors with their windows as they stand now.',
    z.object({ executor: z.string().max(80).optional() }),
    z.array(shownSchema),
  ),
  'account.add': command(
    'POST /accounts',
    'Adds an account of an executor.',
    z.object({ ...fields, executor: z.string().min(1).max(80), label: lineSchema }),
    shownSchema,
  ),
  'account.edit': command(
    'PATCH /accounts/{id}',
    'Changes an account; what is left out stays.',
    z.object({ ...fields, id: idSchema, version: versionSchema }),
    shownSchema,
  ),
  'account.remove': command(
    'DELETE /accounts/{id}',
    'Removes an account and forgets its key. What its turns used and cost stays.',
    z.object({ id: idSchema, version: versionSchema }),
    z.object({ id: idSchema }),
  ),
  'account.order': command(
    'POST /accounts/order',
    'Puts the accounts of an executor in the order they are taken in while they are free; without ids, the least used goes first again.',
    z.object({ executor: z.string().min(1).max(80), ids: z.array(idSchema).max(500) }),
    z.array(shownSchema),
  ),
  'account.decide': command(
    'POST /accounts/{id}/decide',
    'Enables an account, disables it, or ends its cooldown.',
    z.object({ id: idSchema, version: versionSchema, action: z.enum(['enable', 'disable', 'reset']) }),
    shownSchema,
  ),
  'account.test': command(
    'POST /accounts/{id}/test',
    'Looks whether an account could take a turn: its program, its folder, its key, its endpoint. No model is called.',
    z.object({ id: idSchema }),
    z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  ),
  'account.plan': query(
    'GET /accounts/plan',
    "Plans the night: what is queued and due, fitted into the accounts' windows, and what will not fit.",
    z.object({}),
    nightPlanSchema,
  ),
  'cost.report': query(
    'GET /costs',
    'What was used and what it cost between two times: by project, goal, run, account or model.',
    z.object({
      by: z.enum(['project', 'goal', 'run', 'account', 'model']).default('project'),
      from: timeSchema.optional(),
      to: timeSchema.optional(),
      limit: z.int().min(1).max(1_000).default(100),
    }),
    z.object({
      from: timeSchema,
      to: timeSchema,
      total: sumSchema,
      rows: z.array(sumSchema.extend({ key: z.string(), name: z.string() })),
    }),
  ),
  'cost.today': query(
    'GET /costs/today',
    "What today cost, and how far each daily cap is spent. Days are the owner's.",
    z.object({}),
    z.object({
      total: sumSchema,
      zone: z.string(),
      resetsAt: timeSchema,
      caps: z.array(
        z.object({
          /** Null: the cap of everything. */
          projectId: idSchema.nullable(),
          name: z.string(),
          capMicroUsd: microUsdSchema,
          spentMicroUsd: microUsdSchema,
        }),
      ),
      prices: z.object({
        date: z.string(),
        models: z.int(),
        /** Where the owner's own prices are read from. */
        file: z.string(),
        overridden: z.boolean(),
        problem: z.string().nullable(),
      }),
    }),
  ),
  'cost.prices': query(
    'GET /costs/prices',
    'The price of each model, with how it is known and when it was looked up. A model that is not here has an unknown cost.',
    z.object({}),
    priceTableSchema.pick({ date: true, prices: true }),
  ),
  'cost.cap': command(
    'POST /projects/{id}/daily-cap',
    'Sets what a project may cost in a day; null: no cap of its own.',
    z.object({ id: idSchema, capMicroUsd: microUsdSchema.min(1).nullable() }),
    z.object({ id: idSchema, capMicroUsd: microUsdSchema.nullable() }),
  ),
};
