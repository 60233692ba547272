import { z } from 'zod';
import { schemaOf } from '../list-schema.ts';
import { valueList } from '../value-list.ts';
import { proposalSchema } from './proposal.ts';

/** Why a proposal is held beside another. */
export const relatedBecause = valueList({
  parent: 'It came of it',
  child: 'Came of it',
  title: 'Says much the same',
  file: 'Found in the same file',
});

export const relatedProposalSchema = proposalSchema
  .pick({ id: true, number: true, title: true, stage: true, stageSince: true })
  .extend({
    projectName: z.string().nullable(),
    because: schemaOf(relatedBecause),
    /** Why it was rejected; null where it was not, or nobody said. */
    reason: z.string().nullable(),
  });
export type RelatedProposal = z.infer<typeof relatedProposalSchema>;
