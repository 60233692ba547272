import { planText } from '../domain/proposal/plan-text.ts';
import type { Proposal } from '../domain/proposal/proposal.ts';
import { explainGate, type GateRule } from '../domain/risk/gate.ts';
import { defaultBudgetOf } from '../runtime/default-budget.ts';
import type { Read } from '../store/database.ts';
import { findProject } from '../store/project-store.ts';

/** What the risk gate meets in the text of a plan. Executing it approves these words too, so they are shown first. */
export function planHeld(read: Read, { plan, projectId }: Proposal): GateRule[] {
  const project = projectId === null ? null : findProject(read, projectId);
  if (plan === null || project === null) return [];
  const defaults = defaultBudgetOf(read);
  return explainGate({
    profile: project.riskProfile,
    text: planText(plan),
    budget: defaults,
    defaults,
    enforceable: true,
    patterns: project.sensitivePatterns,
    approvedByOwner: false,
  }).filter(({ outcome }) => outcome === 'held');
}
