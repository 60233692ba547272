import type { TestEvidence } from '../domain/run/run.ts';
import type { Write } from './database.ts';

/** Facts the loop learns about a run; no status among them. */
export interface RunFacts {
  readonly worktree?: string;
  readonly baseCommit?: string;
  readonly branch?: string;
  readonly headCommit?: string;
  readonly step?: number;
  readonly filesChanged?: number;
  readonly additions?: number;
  readonly deletions?: number;
  readonly sessionId?: string | null;
  readonly hasTests?: boolean;
  readonly testBefore?: TestEvidence;
  readonly testAfter?: TestEvidence;
  readonly addActiveMs?: number;
  readonly addTokensIn?: number;
  readonly addTokensOut?: number;
  readonly addTokensCached?: number;
  readonly addCostMicroUsd?: number;
}

/** Writes down what is given, leaves the rest as it is, and adds up what was used. */
export function noteRunFacts(write: Write, id: string, facts: RunFacts): void {
  const given = (value: string | number | null | undefined): string | number | null => value ?? null;
  write
    .prepare(
      `UPDATE run SET updated_at = :now, worktree = COALESCE(:worktree, worktree), base_commit = COALESCE(:baseCommit, base_commit),
         branch = COALESCE(:branch, branch), head_commit = COALESCE(:headCommit, head_commit), step = MAX(step, COALESCE(:step, step)),
         files_changed = COALESCE(:filesChanged, files_changed), additions = COALESCE(:additions, additions),
         deletions = COALESCE(:deletions, deletions), session_id = COALESCE(:sessionId, session_id),
         has_tests = COALESCE(:hasTests, has_tests), test_before = COALESCE(:testBefore, test_before),
         test_before_exit = CASE WHEN :testBefore IS NULL THEN test_before_exit ELSE :testBeforeExit END,
         test_after = COALESCE(:testAfter, test_after),
         test_after_exit = CASE WHEN :testAfter IS NULL THEN test_after_exit ELSE :testAfterExit END,
         active_ms = active_ms + :activeMs, tokens_in = tokens_in + :tokensIn, tokens_out = tokens_out + :tokensOut,
         tokens_cached = tokens_cached + :tokensCached, cost_micro_usd = cost_micro_usd + :cost
       WHERE id = :id`,
    )
    .run({
      id,
      now: write.now,
      worktree: given(facts.worktree),
      baseCommit: given(facts.baseCommit),
      branch: given(facts.branch),
      headCommit: given(facts.headCommit),
      step: given(facts.step),
      filesChanged: given(facts.filesChanged),
      additions: given(facts.additions),
      deletions: given(facts.deletions),
      sessionId: given(facts.sessionId),
      hasTests: facts.hasTests === undefined ? null : facts.hasTests ? 1 : 0,
      testBefore: facts.testBefore ? JSON.stringify(facts.testBefore) : null,
      testBeforeExit: facts.testBefore?.exitCode ?? null,
      testAfter: facts.testAfter ? JSON.stringify(facts.testAfter) : null,
      testAfterExit: facts.testAfter?.exitCode ?? null,
      activeMs: Math.round(facts.addActiveMs ?? 0),
      tokensIn: facts.addTokensIn ?? 0,
      tokensOut: facts.addTokensOut ?? 0,
      tokensCached: facts.addTokensCached ?? 0,
      cost: facts.addCostMicroUsd ?? 0,
    });
}
