import { redact } from '../agents/redact.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { readFlag } from '../store/flag-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import type { Store } from '../store/store.ts';
import type { RunCommand } from './ports.ts';
import { testCommandOf } from './step-at.ts';
import { exitWords } from './words.ts';

/** Tests of the merged result, in a scratch worktree, before the branch moves: two changes that pass alone may fail together. */
export interface TestMerged {
  /** Whether an apply shall test first: as asked, else as the setting says; never without a test command. */
  wanted(run: Run, project: Project, asked: boolean | undefined): boolean;
  /** `merged_tests_failed` with the end of the output when they fail; their outcome stands in the timeline either way. */
  run(run: Run, project: Project, folder: string): Promise<Result<null>>;
}

const SHOWN = 4_000;

export function createTestMerged(options: {
  store: Store;
  runCommand: RunCommand;
  scope: Scope;
}): TestMerged {
  const { store, runCommand, scope } = options;
  const abort = new AbortController();
  scope.add('tests of merged results', () => {
    abort.abort();
  });
  return {
    wanted: (run, project, asked) =>
      testCommandOf(run, project) !== '' &&
      (asked ?? store.read((read) => readFlag(read, 'workspace.test_before_apply')) === 'on'),
    async run(run, project, folder) {
      const { id: runId, step } = run;
      const command = testCommandOf(run, project);
      const at = (line: string): ReturnType<RunCommand> =>
        runCommand({
          command: line,
          cwd: folder,
          timeoutMs: project.testTimeoutMs,
          env: {
            HOMER_RUN_ID: runId,
            HOMER_TAG: `${runId}:merged:command`,
            HOMER_PROJECT_PATH: project.localPath,
          },
          signal: abort.signal,
        });
      store.write((write) =>
        appendRunEvents(write, runId, [
          { type: 'test_started', payload: { step, command: redact(command), when: 'merged' } },
        ]),
      );
      const prepared = project.setupCommand === '' ? null : await at(project.setupCommand);
      if (prepared?.ok === false) return prepared;
      const failedSetUp = prepared !== null && prepared.value.exitCode !== 0;
      const outcome = failedSetUp ? prepared : await at(command);
      if (!outcome.ok) return outcome;
      const { exitCode, timedOut, durationMs, output } = outcome.value;
      const line = redact(failedSetUp ? project.setupCommand : command);
      const limit = `${String(Math.round(project.testTimeoutMs / 1_000))} s`;
      const note = timedOut ? `ended by its time limit of ${limit}` : null;
      store.write((write) =>
        appendRunEvents(write, runId, [
          {
            type: 'test_ended',
            payload: {
              step,
              when: 'merged',
              command: line,
              exitCode,
              durationMs: Math.round(durationMs),
              note,
              output,
            },
          },
        ]),
      );
      if (exitCode === 0) return ok(null);
      return fail(
        'merged_tests_failed',
        `Merged with the branch as it is now, ${line} ${timedOut ? `was ${note ?? ''}` : `ended with ${exitWords(exitCode)}`}.`,
        {
          hint: 'Look at the output in the timeline, then ask for changes, or apply without the test.',
          details: { command: line, exitCode, output: output.slice(-SHOWN) },
        },
      );
    },
  };
}
