import { z } from 'zod';
import { idSchema, lineSchema, microUsdSchema, timeSchema, versionSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { quotaSchema } from './quota.ts';
import { accountStatus } from './status.ts';
import { schemaOf } from '../list-schema.ts';

/** How an account signs in: as its program is signed in already, by a folder of its own, or by a key. */
export const accountKind = valueList({
  program: "The program's own sign-in",
  folder: 'A folder of its own',
  key: 'A key',
});
export type AccountKind = ValueOf<typeof accountKind>;

/** What its use costs: a plan is paid for already, so that its measure is the share of its windows and never money. */
export const accountBilling = valueList({ plan: 'Subscription', use: 'Pay per use' });
export type AccountBilling = ValueOf<typeof accountBilling>;

export const variableSchema = z
  .string()
  .max(100)
  .regex(/^[A-Z_][A-Z0-9_]*$/u, 'Give the name of a variable, such as ANTHROPIC_API_KEY.');

export const windowSource = valueList({ set: 'Set by the owner', told: 'Told by the provider' });
export type WindowSource = ValueOf<typeof windowSource>;

/** One window of an account as it stands now. */
export const accountWindowSchema = z.object({
  name: z.string(),
  source: schemaOf(windowSource),
  /** What part of it is used, 1 when it is full; null: not known. */
  used: z.number().min(0).nullable(),
  /** Null: not open, or not known. */
  startsAt: timeSchema.nullable(),
  endsAt: timeSchema.nullable(),
  /** What Homer itself used in it. */
  tokens: z.int().min(0),
  requests: z.int().min(0),
  costMicroUsd: microUsdSchema,
  limits: z
    .object({ tokens: z.int().nullable(), requests: z.int().nullable(), costMicroUsd: z.int().nullable() })
    .nullable(),
  /** Tokens that fill it, as far as use has shown; null: not known yet. */
  capacityTokens: z.int().nullable(),
});
export type AccountWindow = z.infer<typeof accountWindowSchema>;

export const accountSchema = z.object({
  id: idSchema,
  version: versionSchema,
  executor: z.string(),
  label: lineSchema,
  kind: schemaOf(accountKind),
  billing: schemaOf(accountBilling),
  /** Folder of the program for this account. */
  home: z.string().nullable(),
  /** Where its models are, for an executor that takes an address; null: as the settings say. */
  baseUrl: z.string().nullable(),
  /** Name under which its key is kept; the key itself is never shown. */
  credentialRef: z.string().nullable(),
  /** Variable in which its program expects the key. */
  keyVariable: z.string().nullable(),
  status: schemaOf(accountStatus),
  /** Why it is in error. */
  error: z.string().nullable(),
  quotas: z.array(quotaSchema),
  /** Part of each window that is left to the owner by day, in percent; null: as the setting says. */
  reservePercent: z.int().min(0).max(100).nullable(),
  /** Where its owner put it among those of its executor, from 0; null: nowhere, so that the least used goes first. */
  place: z.int().min(0).nullable(),
  cooldownUntil: timeSchema.nullable(),
  consecutiveFailures: z.int().min(0),
  lastUsedAt: timeSchema.nullable(),
  windows: z.array(accountWindowSchema),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Account = z.infer<typeof accountSchema>;
