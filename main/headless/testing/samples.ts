import type { Goal } from '../../domain/goal/goal.ts';
import { defaultPathPolicy } from '../../domain/risk/path-policy.ts';
import { defaultBudget } from '../../domain/run/budget.ts';
import type { Run, RunRow } from '../../domain/run/run.ts';
import type { Proposal, ProposalCard } from '../../domain/proposal/proposal.ts';
import type { ProjectSummary } from '../../../preload/contract/project.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';

/** Valid values for tests of this room. */
const at = '2026-01-01T00:00:00.000Z';

export function sampleId(n: number): string {
  return `0190${String(n % 10_000).padStart(4, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function sampleProject(n: number, over: Partial<ProjectSummary> = {}): ProjectSummary {
  return {
    id: sampleId(n),
    version: 1,
    name: `project-${String(n)}`,
    localPath: `/repos/project-${String(n)}`,
    demo: false,
    defaultBranch: 'main',
    testCommand: 'npm test',
    setupCommand: '',
    testTimeoutMs: 600_000,
    pathPolicy: defaultPathPolicy,
    riskProfile: 'strict',
    sensitivePatterns: [],
    defaultExecutor: 'shell',
    shellCommand: '',
    autoApply: false,
    maxRuns: null,
    planner: '',
    openProposals: 0,
    activeRuns: 0,
    problem: null,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

export function sampleRun(n: number, over: Partial<Run> = {}): Run {
  return {
    id: sampleId(1_000 + n),
    number: n,
    version: 1,
    intentId: sampleId(2_000 + n),
    projectId: sampleId(1),
    projectName: 'project-1',
    proposalId: null,
    goalId: null,
    name: `Work ${String(n)}`,
    goalText: '',
    attempt: 1,
    retryOfRunId: null,
    runType: 'agent',
    triggeredBy: 'owner',
    status: 'running',
    executor: 'shell',
    executorLabel: 'shell',
    execution: {
      v: 1,
      runType: 'agent',
      shellCommand: null,
      executorLabel: null,
      dryRun: false,
      verbose: false,
      budget: defaultBudget,
      testCommand: null,
      metadata: {},
    },
    held: [],
    worktree: null,
    baseCommit: null,
    branch: null,
    headCommit: null,
    appliedCommit: null,
    rolledBackCommit: null,
    rolledBackAt: null,
    step: 0,
    tokensIn: 0,
    tokensOut: 0,
    tokensCached: 0,
    costMicroUsd: 0,
    filesChanged: 0,
    additions: 0,
    deletions: 0,
    exitCode: null,
    errorTag: null,
    error: null,
    question: null,
    sessionId: null,
    testBefore: null,
    testAfter: null,
    recoveries: 0,
    queuedAt: null,
    startedAt: null,
    endedAt: null,
    activeMs: 0,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

export function sampleRunRow(run: Run): RunRow {
  return {
    ...run,
    maxSteps: 8,
    dryRun: false,
    waiting: null,
    testBeforeExit: null,
    testAfterExit: null,
    hasTests: true,
  };
}

export function sampleRunDetail(run: Run): OutputOf<'run.get'> {
  const none = { steps: 0, durationMs: 0, tokens: 0, costMicroUsd: 0 };
  return {
    run,
    checkpoints: [],
    decisions: [],
    stages: [],
    spent: { attempt: none, total: none },
    dryRun: null,
    attempts: [],
    pausing: false,
    possible: ['stop'],
    choices: [],
    lastSeq: 0,
    waiting: null,
  };
}

export function sampleProposal(n: number, over: Partial<Proposal> = {}): Proposal {
  return {
    id: sampleId(3_000 + n),
    number: n,
    version: 1,
    title: `Proposal ${String(n)}`,
    summary: '',
    content: '',
    stage: 'idea',
    planning: 'idle',
    planningError: null,
    source: 'todo',
    sourceRef: 'src/a.ts:1',
    fingerprint: `f${String(n)}`,
    relevance: 20,
    priority: 50,
    rank: 20_000_000,
    projectId: sampleId(1),
    goalId: null,
    parentId: null,
    plan: null,
    planVersion: 0,
    expiresAt: null,
    snoozedUntil: null,
    stageSince: at,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

export function sampleCard(proposal: Proposal): ProposalCard {
  return {
    ...proposal,
    projectName: 'project-1',
    goalTitle: null,
    planSteps: null,
    planRisk: null,
    planEffort: null,
    planCostMicroUsd: null,
    planDurationMs: null,
    openQuestions: 0,
    run: null,
  };
}

export function sampleProposalDetail(proposal: Proposal): OutputOf<'proposal.get'> {
  return {
    proposal,
    plans: [],
    questions: [],
    planningTurns: [],
    planningCost: { turns: 0, tokens: 0, costMicroUsd: 0, state: 'none' },
    planHeld: [],
    decisions: [],
    runs: [],
    possible: ['approve', 'skip'],
  };
}

export function sampleGoal(n: number, over: Partial<Goal> = {}): Goal {
  return {
    id: sampleId(4_000 + n),
    version: 1,
    title: `Goal ${String(n)}`,
    description: '',
    category: '',
    priority: 50,
    status: 'active',
    progress: 0,
    progressByHand: false,
    targetDate: null,
    parentId: null,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

export function sampleOverview(seq: number): OutputOf<'overview.get'> {
  return {
    seq,
    needsYou: 0,
    running: 1,
    queued: 0,
    paused: 0,
    ideas: 1,
    projects: 1,
    proposals: 1,
    runs: 1,
    heldAll: false,
    nextDueAt: null,
    problems: [],
  };
}

export function sampleGrant(
  n: number,
  over: Partial<OutputOf<'grant.revoke'>> = {},
): OutputOf<'grant.revoke'> {
  return {
    id: sampleId(6_000 + n),
    intentId: sampleId(5_000 + n),
    intentName: `Intent ${String(n)}`,
    projectName: 'homer',
    runId: sampleId(1_000 + n),
    runNumber: n,
    tool: 'Bash',
    text: 'npm publish',
    once: false,
    grantedBy: 'owner',
    expiresAt: at,
    uses: 0,
    lastUsedAt: null,
    createdAt: at,
    ...over,
  };
}
