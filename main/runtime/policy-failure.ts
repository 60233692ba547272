import type { Failure } from '../shared/result.ts';

/** Why a run failed by the path policy, in words. */
export function policyFailure(violations: readonly { path: string; rule: string }[]): Failure {
  const [first] = violations;
  const more = violations.length > 1 ? ` and ${String(violations.length - 1)} more` : '';
  return {
    tag: 'policy_violation',
    message: `The step changed ${first?.path ?? 'a path'}, which the path policy forbids (${first?.rule ?? ''})${more}. Nothing of it is applied.`,
  };
}
