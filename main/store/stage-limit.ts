import type { ProposalStage } from '../domain/proposal/stage.ts';
import type { Read } from './database.ts';
import { readFlag } from './flag-store.ts';

const flagOf = {
  idea: 'board.limit_idea',
  research: 'board.limit_research',
  plan: 'board.limit_plan',
  approved: 'board.limit_approved',
} as const;

/** How many proposals its owner wants in a stage at most; null: no limit. */
export function stageLimit(read: Read, stage: ProposalStage): number | null {
  if (stage === 'archived' || stage === 'rejected') return null;
  const limit = Number(readFlag(read, flagOf[stage]));
  return limit === 0 ? null : limit;
}
