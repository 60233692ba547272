import type { ProposalSource } from '../source/source.ts';
import type { ProposalStage } from './stage.ts';

/** Why a proposal cannot be given another project; null when it can. What was found is about the files it was found in, and a plan is written for its project. */
export function whyProjectStays({
  stage,
  source,
  projectId,
}: {
  readonly stage: ProposalStage;
  readonly source: ProposalSource;
  readonly projectId: string | null;
}): string | null {
  if (stage === 'approved') return 'Its runs are in its project.';
  if (projectId === null) return null;
  if (source !== 'owner') return 'It was found in its project, and is about that.';
  if (stage === 'plan') return 'Its plan is written for its project. Take it back to research first.';
  return null;
}
