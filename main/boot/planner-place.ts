import { basename } from 'node:path';
import { fail, ok, type Result } from '../shared/result.ts';
import type { PlannerPlace } from '../runtime/planner-place.ts';
import { removeLeftover } from '../workspace/remove-leftover.ts';
import { withScratchWorktree } from '../workspace/scratch-worktree.ts';
import type { Git } from '../workspace/git.ts';

/** A scratch worktree for a planner, as the runtime asks for one. */
export function createPlannerPlace(git: Git, archive: string): PlannerPlace {
  return {
    lend: ({ projectPath, branch }, use) =>
      withScratchWorktree(git, { projectPath, commit: `refs/heads/${branch}` }, ({ path, commit, place }) =>
        use({
          path,
          commit,
          async changed(): Promise<Result<readonly string[]>> {
            const [status, head] = [
              await git.run(place, [
                'status',
                '--porcelain=v1',
                '-z',
                '--untracked-files=all',
                '--ignored=matching',
                '--no-renames',
              ]),
              await git.run(place, ['rev-parse', 'HEAD']),
            ];
            if (!status.ok || !head.ok)
              return fail('worktree_damaged', 'The planner damaged the worktree it read in.', {
                hint: 'Nothing of it is kept. Plan again, or choose another planner.',
              });
            const paths = status.value.fields().map((field) => field.slice(3));
            return ok(head.value.text().trim() === commit ? paths : [...paths, '(a commit of its own)']);
          },
        }),
      ),
    drop: ({ projectPath, worktree }) =>
      removeLeftover(git, { projectPath, runId: basename(worktree), archive }),
  };
}
