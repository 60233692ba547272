import { z } from 'zod';
import { idSchema, timeSchema, versionSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** Kinds of discovery source, and `owner` for what was typed in. */
export const sourceType = valueList({
  todo: 'TODO comment',
  failing_test: 'Failing test',
  owner: 'Typed by you',
});
export type SourceType = ValueOf<typeof sourceType>;

/** Where a proposal came from: a source, or an agent at work. */
export const proposalSource = valueList({ ...sourceType.labels, agent: 'Proposed by an agent' });
export type ProposalSource = ValueOf<typeof proposalSource>;

export const sourceSchema = z.object({
  id: idSchema,
  version: versionSchema,
  type: schemaOf(sourceType),
  projectId: idSchema.nullable(),
  enabled: z.boolean(),
  config: z.record(z.string(), z.json()),
  lastCursor: z.string().nullable(),
  nextCheckAt: timeSchema.nullable(),
  backoffMs: z.int(),
  consecutiveFailures: z.int(),
  lastError: z.string().nullable(),
  lastCheckedAt: timeSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Source = z.infer<typeof sourceSchema>;

/** What a source found, before it is known whether it is new. */
export interface Signal {
  readonly title: string;
  readonly summary: string;
  readonly content: string;
  readonly source: SourceType;
  readonly sourceRef: string;
  /** Stable for the same work wherever it moves in the file; two signals with one fingerprint are one proposal. */
  readonly fingerprint: string;
  readonly relevance: number;
}
