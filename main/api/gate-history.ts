import type { OutputOf } from '../../preload/contract/operations.ts';
import { gateText, riskGate, riskProfile, type RiskProfile } from '../domain/risk/gate.ts';
import { defaultBudgetOf } from '../runtime/default-budget.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import { countPermissionsSince, listGatedRuns } from '../store/gate-history-store.ts';
import { listProjects } from '../store/project-store.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 28;
const LEAST_DAYS = 7;
const MOST_RUNS = 2_000;

/**
 * What each profile would have asked, by the very gate that decides, over the runs of the last weeks. Patterns and budgets are those of
 * today: it answers what would now happen, not what did. What an event brought is not known any more, so words in it are not counted.
 */
export function gateHistory(read: Read, now: string): OutputOf<'gate.history'> {
  const since = formatTime(parseTime(now) - MOST_DAYS * DAY_MS);
  const runs = listGatedRuns(read, since, MOST_RUNS);
  const oldest = runs.at(-1)?.createdAt;
  const age = oldest === undefined ? 0 : (parseTime(now) - parseTime(oldest)) / DAY_MS;
  const defaults = defaultBudgetOf(read);
  return {
    days: Math.min(MOST_DAYS, Math.max(LEAST_DAYS, age)),
    cut: runs.length === MOST_RUNS,
    projects: listProjects(read).map((project) => {
      const own = runs.filter(({ projectId }) => projectId === project.id);
      const asks: Record<RiskProfile, number> = { strict: 0, balanced: 0, trusted: 0 };
      for (const { goalText, execution } of own) {
        const text = gateText({
          query: goalText,
          shellCommand: execution.shellCommand ?? project.shellCommand,
          metadata: execution.metadata,
        });
        for (const profile of riskProfile.values) {
          const { start } = riskGate({
            profile,
            text,
            budget: execution.budget,
            defaults,
            enforceable: true,
            patterns: project.sensitivePatterns,
            approvedByOwner: false,
          });
          if (start === 'draft') asks[profile] += 1;
        }
      }
      return {
        projectId: project.id,
        name: project.name,
        version: project.version,
        profile: project.riskProfile,
        runs: own.length,
        asks,
      };
    }),
    permissions: countPermissionsSince(read, since),
  };
}
