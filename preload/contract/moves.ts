import { actionsBetween } from '../../main/domain/machine.ts';
import { whyProjectStays as whyStays } from '../../main/domain/proposal/project-stays.ts';
import { takenBack } from '../../main/domain/proposal/take-back.ts';
import { proposalMachine, proposalStage, type ProposalStage } from '../../main/domain/proposal/stage.ts';
import type { proposalDecision } from './proposal.ts';
import type { z } from 'zod';

export type Stage = ProposalStage;
export type ProposalDecision = z.infer<typeof proposalDecision>;

const owners: ReadonlySet<string> = new Set(
  proposalMachine.rows.filter(({ by }) => by.includes('owner')).map(({ on }) => on),
);
const isOwners = (action: string): action is ProposalDecision => owners.has(action);

export const stages: readonly Stage[] = proposalStage.values;

/** What the owner can do to bring a proposal from one stage to another, in table order; empty when no row does. */
export function movesBetween(from: Stage, to: Stage): readonly ProposalDecision[] {
  return actionsBetween(proposalMachine, from, to).filter(isOwners);
}

/** Why a proposal cannot be given another project, in a sentence; null when it can. */
export function whyProjectStays(proposal: Parameters<typeof whyStays>[0]): string | null {
  return whyStays(proposal);
}

/** Whether it can be taken back as long as nothing follows it. */
export function canBeTakenBack(action: ProposalDecision): boolean {
  return takenBack.some((each) => each === action);
}

/** What the owner can do in a stage. */
export function movesFrom(from: Stage): readonly ProposalDecision[] {
  return stages.flatMap((to) => movesBetween(from, to));
}

/** Where an action leads from a stage; undefined when it cannot be done there. */
export function moveTarget(from: Stage, action: ProposalDecision): Stage | undefined {
  return stages.find((to) => movesBetween(from, to).includes(action));
}
