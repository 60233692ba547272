import { z } from 'zod';
import { GIT_LIMIT_MS, GIT_OUTPUT, gitHere } from './git-here.ts';
import type { PathGate } from './path-gate.ts';
import type { RunHere } from './run-command-tool.ts';
import { done, refused, toolOf, type Tool } from './tool.ts';

const MOST = 400;

export function listFilesTool(gate: PathGate, run: RunHere): Tool {
  return toolOf({
    name: 'list_files',
    description: `List files below a folder, without what .gitignore leaves out; at most ${String(MOST)}.`,
    input: z.object({
      path: z.string().optional().describe('Folder relative to the worktree; all of it unless given'),
    }),
    async run({ path = '.' }) {
      const place = await gate.check(path, 'read');
      if (!place.ok) return refused(place.error.message);
      const { shown, kind } = place.value;
      if (kind === 'absent') return refused(`There is no folder ${shown}.`);
      if (kind === 'file') return done(shown);
      const listed = await run(
        gitHere(
          '-c',
          'core.quotePath=false',
          'ls-files',
          '-c',
          '-o',
          '--exclude-standard',
          '--',
          `:(literal)${shown}`,
        ),
        GIT_LIMIT_MS,
        GIT_OUTPUT,
      );
      if (!listed.ok) return refused(listed.error.message);
      if (listed.value.exitCode !== 0)
        return refused(`The files could not be listed: ${listed.value.output}`);
      const files = [...new Set(listed.value.output.split('\n'))].filter(
        (file) => file !== '' && gate.mayShow(file),
      );
      if (files.length === 0) return done(`There are no files below ${shown}.`);
      const more = files.length - MOST;
      return done(
        files.slice(0, MOST).join('\n') +
          (more > 0 ? `\n… and ${String(more)} more: list a folder of them.` : ''),
      );
    },
  });
}
