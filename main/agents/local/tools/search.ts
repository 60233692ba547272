import { z } from 'zod';
import { boundText } from './bound-text.ts';
import { GIT_LIMIT_MS, GIT_OUTPUT, gitHere } from './git-here.ts';
import type { PathGate } from './path-gate.ts';
import type { RunHere } from './run-command-tool.ts';
import { done, refused, toolOf, type Tool } from './tool.ts';

const MOST = 100;
const MOST_OF_LINE = 300;
/** Perl's dialect as models write it, then what every git has, then the text as it stands. */
const DIALECTS = ['-P', '-E', '-F'];

export function searchTool(gate: PathGate, run: RunHere): Tool {
  return toolOf({
    name: 'search',
    description: `Search the text of files by a regular expression, without what .gitignore leaves out. Gives path:line:text, at most ${String(MOST)} lines.`,
    input: z.object({
      pattern: z.string().min(1).max(1_000).describe('Regular expression'),
      path: z.string().optional().describe('File or folder to search in; all of the worktree unless given'),
      ignore_case: z.boolean().optional(),
    }),
    async run({ pattern, path = '.', ignore_case: fold = false }) {
      const place = await gate.check(path, 'read');
      if (!place.ok) return refused(place.error.message);
      if (place.value.kind === 'absent') return refused(`There is no ${place.value.shown}.`);
      for (const dialect of DIALECTS) {
        const found = await run(
          gitHere(
            '-c',
            'core.quotePath=false',
            'grep',
            '--untracked',
            '-n',
            '-I',
            '--no-color',
            '--max-count=50',
            dialect,
            ...(fold ? ['-i'] : []),
            '-e',
            pattern,
            '--',
            `:(literal)${place.value.shown}`,
          ),
          GIT_LIMIT_MS,
          GIT_OUTPUT,
        );
        if (!found.ok) return refused(found.error.message);
        if (found.value.timedOut)
          return refused('The search took too long. Search in a folder, or for less.');
        if (found.value.exitCode === 1) return done('Nothing was found.');
        if (found.value.exitCode !== 0) continue;
        const lines = found.value.output
          .split('\n')
          .filter((line) => line !== '' && gate.mayShow(line.slice(0, Math.max(0, line.indexOf(':')))));
        if (lines.length === 0) return done('Nothing was found.');
        const more = lines.length - MOST;
        return done(
          lines
            .slice(0, MOST)
            .map((line) => boundText(line, MOST_OF_LINE, 'start').replaceAll('\n', ' '))
            .join('\n') + (more > 0 ? `\n… and ${String(more)} more lines.` : ''),
        );
      }
      return refused('The pattern cannot be searched for.');
    },
  });
}
