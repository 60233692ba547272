import type { RunCommand } from '../runtime/ports.ts';
import type { ProjectProbe } from '../discovery/ports.ts';
import type { Project } from '../domain/project/project.ts';
import type { TestEvidence } from '../domain/run/run.ts';
import type { Ids } from '../shared/ids.ts';
import { ok, type Result } from '../shared/result.ts';
import type { Git } from '../workspace/git.ts';
import { withScratchWorktree } from '../workspace/scratch-worktree.ts';
import { branchHead, searchTracked } from '../workspace/search-tracked.ts';

/** Under a found line; enough for a sentence that goes on, and for a look at the code it is about. */
const LINES_BELOW = 4;

/** Repositories as the discovery room sees them. */
export function createProjectProbe(options: { git: Git; runCommand: RunCommand; ids: Ids }): ProjectProbe {
  const { git, runCommand, ids } = options;
  const place = (project: Project): { projectPath: string; branch: string } => ({
    projectPath: project.localPath,
    branch: project.defaultBranch,
  });
  return {
    head: (project) => branchHead(git, place(project)),
    search: (project, pattern) => searchTracked(git, { ...place(project), pattern, below: LINES_BELOW }),
    test: (project, signal, watch) =>
      withScratchWorktree(
        git,
        { projectPath: project.localPath, commit: `refs/heads/${project.defaultBranch}` },
        async (scratch): Promise<Result<TestEvidence>> => {
          const run = (stage: 'setup' | 'test', command: string): ReturnType<RunCommand> =>
            runCommand({
              onRunning: (read) => watch?.(stage, command, read),
              command,
              cwd: scratch.path,
              timeoutMs: project.testTimeoutMs,
              env: { HOMER_TAG: `check:${ids.next()}`, HOMER_PROJECT_PATH: project.localPath },
              signal,
            });
          if (project.setupCommand !== '') {
            const setup = await run('setup', project.setupCommand);
            if (!setup.ok) return setup;
            if (setup.value.exitCode !== 0)
              return {
                ok: false,
                error: {
                  tag: 'setup_failed',
                  message: `The setup command of ${project.name} ended with ${setup.value.timedOut ? 'its time limit' : `exit code ${String(setup.value.exitCode)}`}: ${tellingLine(setup.value.output)}`,
                  hint: 'Mend the setup command in the project.',
                },
              };
          }
          const tested = await run('test', project.testCommand);
          if (!tested.ok) return tested;
          const { exitCode, timedOut, durationMs, output } = tested.value;
          return ok({
            command: project.testCommand,
            exitCode,
            durationMs: Math.round(durationMs),
            note: timedOut
              ? `ended by its time limit of ${String(Math.round(project.testTimeoutMs / 1_000))} s`
              : null,
            output,
          });
        },
      ),
  };
}

/** The line of a failed command's output that says most: the first that names an error, not the pointer to a log file at its end. */
function tellingLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const named = lines.find((line) => /\b(error|fatal|not found|no such|cannot|failed)\b/iu.test(line));
  return (named ?? lines.at(-1) ?? 'it said nothing').slice(0, 300);
}
