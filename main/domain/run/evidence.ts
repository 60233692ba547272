import { z } from 'zod';
import { idSchema, timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { runStatus } from './status.ts';
import { schemaOf } from '../list-schema.ts';

/** What the evidence of a run is made of. */
export const evidencePart = valueList({
  plan: 'Plan',
  stages: 'Stages',
  steps: 'Steps',
  diff: 'Diff',
  policy: 'Path policy',
  tests: 'Tests',
  cost: 'Cost and time',
  transcript: 'Timeline',
  output: 'Raw output',
  decisions: 'Decisions',
  attempts: 'Attempts',
  environment: 'Commits and versions',
});
export type EvidencePart = ValueOf<typeof evidencePart>;

/** `none`: there is nothing to show, and that is in order; `missing`: there was something, and it is gone or was never kept. */
export const evidenceState = valueList({ there: 'There', none: 'None', missing: 'Missing' });

export const evidencePieceSchema = z.object({
  part: schemaOf(evidencePart),
  state: schemaOf(evidenceState),
  /** What there is, or why there is nothing, in a sentence. */
  what: z.string(),
});
export type EvidencePiece = z.infer<typeof evidencePieceSchema>;

export const evidenceSummarySchema = z.object({
  runId: idSchema,
  number: z.int(),
  status: schemaOf(runStatus),
  /** Nothing is missing. */
  complete: z.boolean(),
  pieces: z.array(evidencePieceSchema),
});
export type EvidenceSummary = z.infer<typeof evidenceSummarySchema>;

const packedFileSchema = z.object({
  path: z.string(),
  bytes: z.int(),
  /** Of the file as it stands in the archive, hexadecimal. */
  sha256: z.string(),
});
export type PackedFile = z.infer<typeof packedFileSchema>;

/** `manifest.json` of an evidence archive: by it each of the other files can be checked. */
export const evidenceManifestSchema = z.object({
  v: z.literal(1),
  runId: idSchema,
  number: z.int(),
  name: z.string(),
  status: schemaOf(runStatus),
  madeAt: timeSchema,
  homerVersion: z.string(),
  pieces: z.array(evidencePieceSchema),
  /** What was left out of the archive, and why. */
  leftOut: z.array(z.string()),
  files: z.array(packedFileSchema),
});
export type EvidenceManifest = z.infer<typeof evidenceManifestSchema>;
