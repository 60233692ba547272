import { z } from 'zod';
import { machine } from '../machine.ts';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What an agent at work may ask: for words, or whether it may do something. */
export const askKind = valueList({ question: 'Question', permission: 'Permission' });
export type AskKind = ValueOf<typeof askKind>;

export const askStatus = valueList({
  open: 'Waits',
  answered: 'Answered',
  allowed: 'Allowed',
  denied: 'Denied',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
});
export type AskStatus = ValueOf<typeof askStatus>;

export const askRisk = valueList({ low: 'Low', medium: 'Medium', high: 'High' });
export type AskRisk = ValueOf<typeof askRisk>;

export const askMachine = machine({
  name: 'ask',
  states: askStatus.values,
  starts: ['open'],
  ends: ['answered', 'allowed', 'denied', 'expired', 'withdrawn'],
  rows: [
    { on: 'answer', from: ['open'], to: 'answered', by: ['owner'] },
    { on: 'allow', from: ['open'], to: 'allowed', by: ['owner'] },
    { on: 'deny', from: ['open'], to: 'denied', by: ['owner'] },
    { on: 'expire', from: ['open'], to: 'expired', by: ['runtime'], note: 'nobody decided in time: denied' },
    { on: 'withdraw', from: ['open'], to: 'withdrawn', by: ['runtime'], note: 'its run has ended' },
  ],
});

/** Allow once, allow for the intent until a time, or deny. */
export const permissionChoice = valueList({
  allow: 'Allow once',
  allow_intent: 'Allow for this intent',
  deny: 'Deny',
});
export type PermissionChoice = ValueOf<typeof permissionChoice>;

export const askSchema = z.object({
  id: idSchema,
  runId: idSchema,
  runNumber: z.int(),
  runName: z.string(),
  /** Of the run: what a decision is made on. */
  runVersion: z.int(),
  projectName: z.string(),
  stage: z.string(),
  kind: schemaOf(askKind),
  status: schemaOf(askStatus),
  text: z.string(),
  tool: z.string(),
  risk: schemaOf(askRisk).nullable(),
  riskNote: z.string(),
  answer: z.string().nullable(),
  decidedBy: z.string().nullable(),
  expiresAt: timeSchema.nullable(),
  createdAt: timeSchema,
  decidedAt: timeSchema.nullable(),
  deliveredAt: timeSchema.nullable(),
});
export type Ask = z.infer<typeof askSchema>;

export const grantSchema = z.object({
  id: idSchema,
  intentId: idSchema,
  intentName: z.string(),
  projectName: z.string(),
  /** The run that asked. */
  runId: idSchema,
  runNumber: z.int(),
  tool: z.string(),
  /** What it covers: what was asked then, and nothing else. */
  text: z.string(),
  once: z.boolean(),
  grantedBy: z.string(),
  expiresAt: timeSchema,
  uses: z.int(),
  lastUsedAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type Grant = z.infer<typeof grantSchema>;
