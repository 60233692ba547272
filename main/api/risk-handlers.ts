import { gateHistory } from './gate-history.ts';
import { explainGate, gateText, type GateInput } from '../domain/risk/gate.ts';
import { defaultBudgetOf } from '../runtime/default-budget.ts';
import { planText } from '../domain/proposal/plan-text.ts';
import { ok } from '../shared/result.ts';
import { getProject } from '../store/project-store.ts';
import { getProposal } from '../store/proposal-store.ts';
import { getRun } from '../store/run-store.ts';
import { previewPaths } from '../workspace/preview-path.ts';
import type { OutputOf } from '../../preload/contract/operations.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

/** What the gate and the path policy would say, by the very rules that judge runs. */
export function riskHandlers({
  store,
  clock,
}: ApiOptions): Pick<Handlers, 'gate.preview' | 'gate.explain' | 'gate.history' | 'policy.preview'> {
  return {
    'gate.preview': ({ projectId, query, shellCommand, maxSteps, maxMinutes, profile, patterns }) =>
      ok(
        store.read((read) => {
          const project = getProject(read, projectId);
          const defaults = defaultBudgetOf(read);
          return answer({
            profile: profile ?? project.riskProfile,
            text: gateText({ query, shellCommand: shellCommand || project.shellCommand, metadata: {} }),
            budget: {
              ...defaults,
              steps: maxSteps ?? defaults.steps,
              durationMs: maxMinutes === undefined ? defaults.durationMs : maxMinutes * 60_000,
            },
            defaults,
            enforceable: true,
            patterns: patterns ?? project.sensitivePatterns,
            approvedByOwner: false,
          });
        }),
      ),
    'gate.explain': ({ id }) =>
      ok(
        store.read((read) => {
          const run = getRun(read, id);
          const project = getProject(read, run.projectId);
          const { budget, metadata, shellCommand } = run.execution;
          return answer({
            profile: project.riskProfile,
            text: gateText({
              query: run.goalText,
              shellCommand: shellCommand ?? project.shellCommand,
              metadata,
              plan: planText(run.proposalId === null ? null : getProposal(read, run.proposalId).plan),
            }),
            budget,
            defaults: defaultBudgetOf(read),
            enforceable: true,
            patterns: project.sensitivePatterns,
            approvedByOwner: false,
          });
        }),
      ),
    'gate.history': () => ok(store.read((read) => gateHistory(read, clock.iso()))),
    'policy.preview': ({ projectId, allow, deny, paths }) =>
      ok(
        store.read((read) => {
          const standing =
            projectId === undefined ? { allow: [], deny: [] } : getProject(read, projectId).pathPolicy;
          const policy = { allow: allow ?? standing.allow, deny: deny ?? standing.deny };
          return { policy, paths: previewPaths(policy, paths) };
        }),
      ),
  };
}

function answer(input: GateInput): OutputOf<'gate.preview'> {
  const rules = explainGate(input);
  return {
    profile: input.profile,
    start: rules.some(({ outcome }) => outcome === 'held') ? 'draft' : 'queued',
    rules,
    budget: input.budget,
    defaults: input.defaults,
  };
}
