import type { ApiPorts } from '../api/ports.ts';
import type { Project } from '../domain/project/project.ts';
import type { Run } from '../domain/run/run.ts';
import { fail, type Refusal } from '../shared/result.ts';
import type { RunOnTarget } from '../workspace/change-target.ts';
import type { Git } from '../workspace/git.ts';
import { previewApply } from '../workspace/preview-apply.ts';
import { previewRollBack } from '../workspace/preview-roll-back.ts';
import { readLines } from '../workspace/read-lines.ts';

/** What the review of a result reads of git beside its diff. */
export function reviewPorts(git: Git): Pick<ApiPorts, 'lines' | 'previewApply' | 'previewRollBack'> {
  const onTarget = (run: Run, base: string, project: Project): RunOnTarget => ({
    projectPath: project.localPath,
    runId: run.id,
    number: run.number,
    title: run.name,
    base,
    target: project.defaultBranch,
  });
  return {
    async lines({ headCommit }, { localPath }, { path, from, to }) {
      if (headCommit === null) return noResult();
      return readLines(git, { projectPath: localPath, commit: headCommit, path, from, to });
    },
    async previewApply(run, project, { strategy, leftOut }) {
      const { baseCommit, headCommit: head } = run;
      if (baseCommit === null || head === null) return noResult();
      return previewApply(git, {
        ...onTarget(run, baseCommit, project),
        head,
        method: strategy,
        policy: project.pathPolicy,
        ...(leftOut ? { leftOut } : {}),
      });
    },
    async previewRollBack(run, project) {
      const { baseCommit } = run;
      return baseCommit === null ? noResult() : previewRollBack(git, onTarget(run, baseCommit, project));
    },
  };
}

function noResult(): Refusal {
  return fail('no_result', 'This run has no result yet.', { hint: 'Look again when it has taken a step.' });
}
