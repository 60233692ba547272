import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';
import { createProcessTable } from '../agents/process/create-process-table.ts';
import { runEventPayloads } from '../domain/run/run-event.ts';
import { createDirectCall } from '../headless/direct-call.ts';
import type { Clock } from '../shared/clock.ts';
import { catchFailureAsync, FailureError, type Result } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { createGit, type Git } from '../workspace/git.ts';
import { createFileLog } from './file-log.ts';
import type { Installation } from './folders.ts';
import { startRuntime } from './start-runtime.ts';

const LIMIT_MS = 120_000;
const PAUSE_MS = 40;

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface DemoReport {
  readonly proposals: Record<string, number>;
  readonly decisions: { ref: string; action: string; channel: string; responseMs: number }[];
  readonly runs: {
    id: string;
    number: number;
    name: string;
    status: string;
    steps: number;
    attempts: number;
    executor: string;
    testExitBefore: number | null;
    testExitAfter: number | null;
    changedFiles: string[];
    durationMs: number;
    activeMs: number;
  }[];
  readonly goal: { title: string; progressBefore: number; progressAfter: number };
  readonly checks: Check[];
  readonly durationMs: number;
}

/**
 * The whole main job without a person, on a data folder of its own: a real repository, real discovery, planning, worktrees, tests and
 * merges. Only the agent is played, by the scripted demo agent, and says so. What is claimed at the end was looked up outside Homer.
 */
export async function runDemo(options: {
  dataDir: string;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  installation: Installation;
  version: string;
  signal: AbortSignal;
  progress: (line: string) => void;
}): Promise<Result<{ passed: boolean; report: unknown; summary: string }>> {
  const { clock, progress, dataDir } = options;
  const scope = createScope('demo');
  const log = createFileLog({ dataDir, clock, minimum: 'warn' });
  const began = clock.monotonic();
  try {
    const started = await startRuntime({ ...options, host: 'cli', log, scope });
    if (!started.ok) return started;
    const call = createDirectCall(started.value.dispatch, { name: 'demo', channel: 'cli' });
    started.value.work();
    const git = createGit({ env: options.env, clock, log, scope });
    return await catchFailureAsync(async () => {
      const report = await perform({ ...options, call, git, scope });
      await started.value.stop();
      const whole: DemoReport = { ...report, durationMs: Math.round(clock.monotonic() - began) };
      const passed = whole.checks.every((check) => check.ok);
      return { passed, report: whole, summary: summarise(whole) };
    });
  } finally {
    progress('');
    await scope.close();
  }
}

async function perform(at: {
  call: Call;
  git: Git;
  clock: Clock;
  scope: Scope;
  signal: AbortSignal;
  dataDir: string;
  progress: (line: string) => void;
}): Promise<Omit<DemoReport, 'durationMs'>> {
  const { clock, scope, progress, git } = at;
  const did = async <N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
    const reply = await at.call(name, input);
    if (reply.ok) return reply.value;
    throw new FailureError({
      tag: reply.error.tag,
      message: `${name}: ${reply.error.message}`,
      ...(reply.error.hint === undefined ? {} : { hint: reply.error.hint }),
    });
  };
  const until = async <T>(what: string, look: () => Promise<T | null>): Promise<T> => {
    const deadline = clock.monotonic() + LIMIT_MS;
    for (;;) {
      if (at.signal.aborted)
        throw new FailureError({ tag: 'interrupted', message: 'The demo was interrupted.' });
      const found = await look();
      if (found !== null) return found;
      if (clock.monotonic() > deadline)
        throw new FailureError({
          tag: 'demo_stalled',
          message: `The demo waited two minutes for ${what}.`,
          hint: 'Run `homer doctor`.',
        });
      await clock.sleep(scope, PAUSE_MS);
    }
  };

  progress('Making a small git project with a failing test and a TODO…');
  const project = await did('project.addDemo', {});
  const place = { folder: project.localPath };
  const base = await revision(git, place.folder, 'HEAD');
  await did('flag.set', { key: 'planner.command', value: project.shellCommand });
  const goal = await did('goal.create', {
    title: 'A shop that keeps its promises',
    category: 'quality',
    priority: 80,
  });

  progress('Discovering: TODO comments and the test command…');
  await did('source.check', { projectId: project.id });
  const ideas = (await did('proposal.list', { stage: 'idea', projectId: project.id })).cards;
  for (const idea of ideas)
    progress(
      `  found  P-${String(idea.number)}  ${idea.title}  (${idea.source}, relevance ${String(idea.relevance)}/50)`,
    );
  // Whatever is not part of the story stays an idea; the two that matter are worked on, the failing test first.
  const wanted = [...ideas].sort((a, b) => b.relevance - a.relevance).slice(0, 2);

  const runIds: string[] = [];
  const checks: Check[] = [];
  for (const idea of wanted) {
    const ref = `P-${String(idea.number)}`;
    const linked = await did('proposal.update', {
      id: idea.id,
      version: idea.version,
      fields: { goalId: goal.id },
    });
    progress(`${ref}: approved; planning…`);
    await did('proposal.decide', { id: idea.id, version: linked.proposal.version, action: 'approve' });
    const planned = await until('a plan', async () => {
      const detail = await did('proposal.get', { id: idea.id });
      if (detail.proposal.planning === 'failed')
        throw new FailureError({
          tag: 'planning_failed',
          message: detail.proposal.planningError ?? 'Planning failed.',
        });
      return detail.proposal.planning === 'idle' && detail.proposal.plan ? detail.proposal : null;
    });
    progress(
      `${ref}: plan of ${String(planned.plan?.steps.length)} steps, risk ${planned.plan?.risk ?? '?'}; executing in a worktree…`,
    );
    const executed = await did('proposal.decide', {
      id: idea.id,
      version: planned.version,
      action: 'execute',
      execute: { executorLabel: 'scripted demo agent (no model)' },
    });
    const runId = executed.runs[0]?.id ?? '';
    runIds.push(runId);
    let seen = 0;
    const ready = await until('the run', async () => {
      const { events, lastSeq } = await did('run.events', { id: runId, after: seen });
      seen = lastSeq;
      for (const event of events) {
        if (event.type === 'test_ended') {
          const { when, step, command, exitCode } = runEventPayloads.test_ended.parse(event.payload);
          progress(
            `  ${when === 'before' ? 'before anything' : `after step ${String(step)}`}: \`${command}\` exits ${String(exitCode)}`,
          );
        }
        if (event.type === 'message')
          progress(`  agent: ${runEventPayloads.message.parse(event.payload).text}`);
      }
      const detail = await did('run.get', { id: runId });
      return ['queued', 'running', 'validating'].includes(detail.run.status) ? null : detail.run;
    });
    if (ready.status !== 'review')
      throw new FailureError({
        tag: 'demo_failed',
        message: `Run #${String(ready.number)} is ${ready.status}: ${ready.error ?? ''}`,
      });
    const diff = await did('run.diff', { id: runId });
    progress(
      `#${String(ready.number)}: reviewed: ${String(diff.files.length)} file(s), +${String(diff.additions)} −${String(diff.deletions)}, tests ${String(ready.testBefore?.exitCode)} → ${String(ready.testAfter?.exitCode)}; applying…`,
    );
    const applied = await did('run.apply', { id: runId, version: ready.version });
    const commit = applied.run.appliedCommit ?? '';
    const parents = await revision(git, place.folder, `${commit}^2`);
    checks.push({
      name: `#${String(ready.number)}: its merge commit exists in the demo repository`,
      ok: parents !== null && (await revision(git, place.folder, 'HEAD')) !== base,
      detail: commit.slice(0, 12),
    });
  }

  const runs = await Promise.all(
    runIds.map(async (id) => {
      const { run } = await did('run.get', { id });
      const diff = await did('run.diff', { id });
      return {
        id,
        number: run.number,
        name: run.name,
        status: run.status,
        steps: run.step,
        attempts: run.attempt,
        executor: run.executorLabel,
        testExitBefore: run.testBefore?.exitCode ?? null,
        testExitAfter: run.testAfter?.exitCode ?? null,
        changedFiles: diff.files.map((file) => file.path),
        durationMs: elapsed(run.startedAt, run.endedAt),
        activeMs: run.activeMs,
      };
    }),
  );
  const first = runs[0];
  checks.push(
    {
      name: 'the failing test failed before and passes after, by its exit codes',
      ok: first?.testExitBefore !== 0 && first?.testExitBefore !== null && first?.testExitAfter === 0,
      detail: `${String(first?.testExitBefore)} → ${String(first?.testExitAfter)}`,
    },
    {
      name: 'the first step failed its test and the next passed',
      ok: first?.steps === 2,
      detail: `${String(first?.steps)} steps`,
    },
    {
      name: 'every run is applied',
      ok: runs.every((run) => run.status === 'applied'),
      detail: `${String(runs.length)} runs`,
    },
  );
  const tested = await did('project.checkTests', { id: project.id });
  checks.push({
    name: 'the tests pass on the branch itself, in a fresh worktree',
    ok: tested.exitCode === 0,
    detail: `exit ${String(tested.exitCode)}`,
  });
  const worktrees = await git.run(place, ['worktree', 'list', '--porcelain']);
  const left = worktrees.ok
    ? worktrees.value
        .text()
        .split('\n')
        .filter((line) => line.startsWith('worktree ')).length - 1
    : -1;
  const tasks = join(project.localPath, '.workspace', 'tasks');
  const folders = existsSync(tasks) ? readdirSync(tasks).length : 0;
  checks.push({
    name: 'no worktree is left',
    ok: left === 0 && folders === 0,
    detail: `${String(left)} registered, ${String(folders)} folders`,
  });
  const alive = await taggedProcesses(runIds);
  checks.push({ name: 'no process is left', ok: alive === 0, detail: `${String(alive)} alive` });

  const board = await did('proposal.board', {});
  const decisions = await Promise.all(
    wanted.map(async (idea) => {
      const detail = await did('proposal.get', { id: idea.id });
      const ofRun = await did('run.get', { id: detail.runs[0]?.id ?? '' });
      return [
        ...detail.decisions.map((decision) => ({ ref: `P-${String(idea.number)}`, decision })),
        ...ofRun.decisions.map((decision) => ({ ref: `#${String(ofRun.run.number)}`, decision })),
      ];
    }),
  );
  const reached = await did('goal.get', { id: goal.id });
  return {
    proposals: Object.fromEntries(board.columns.map((column) => [column.stage, column.count])),
    decisions: decisions.flat().map(({ ref, decision }) => ({
      ref,
      action: decision.action,
      channel: decision.channel,
      responseMs: decision.responseMs,
    })),
    runs,
    goal: { title: goal.title, progressBefore: goal.progress, progressAfter: reached.progress },
    checks,
  };
}

function elapsed(from: string | null, to: string | null): number {
  return from === null || to === null ? 0 : Date.parse(to) - Date.parse(from);
}

async function revision(git: Git, folder: string, name: string): Promise<string | null> {
  const found = await git.run({ folder }, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    accept: [0, 1, 128],
  });
  return found.ok && found.value.exitCode === 0 ? found.value.text() : null;
}

/** How many processes of this machine still carry the tag of one of these runs. */
async function taggedProcesses(runIds: readonly string[]): Promise<number> {
  const table = createProcessTable();
  if (!table.ok) return 0;
  let alive = 0;
  for (const row of await table.value.list()) {
    const tag = row.zombie ? undefined : await table.value.tagOf(row);
    if (tag !== undefined && runIds.some((id) => tag.startsWith(id))) alive += 1;
  }
  return alive;
}

function summarise(report: DemoReport): string {
  const rows = report.runs.map((run) => [
    `#${String(run.number)}`,
    run.status,
    `${String(run.steps)} steps`,
    `tests ${String(run.testExitBefore)} → ${String(run.testExitAfter)}`,
    `${(run.durationMs / 1_000).toFixed(1)} s`,
    run.changedFiles.join(', '),
    run.name,
  ]);
  const widths =
    rows[0]?.map((_cell, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0))) ?? [];
  return [
    ...rows.map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    `Proposals: ${Object.entries(report.proposals)
      .map(([stage, count]) => `${String(count)} ${stage}`)
      .join(', ')}`,
    `Decisions: ${report.decisions.map((decision) => `${decision.ref} ${decision.action}`).join(', ')}`,
    `Goal: ${report.goal.title}, ${String(report.goal.progressBefore)} % → ${String(report.goal.progressAfter)} %`,
    `Agent: scripted demo agent (no model); git, worktrees, tests and merges are real`,
    '',
    ...report.checks.map((check) => `${check.ok ? '✓' : '✗'} ${check.name} (${check.detail})`),
    '',
    `${report.checks.every((check) => check.ok) ? 'Done' : 'Not as it should be'} in ${(report.durationMs / 1_000).toFixed(1)} s.`,
  ].join('\n');
}
