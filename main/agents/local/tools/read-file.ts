import { z } from 'zod';
import { boundText } from './bound-text.ts';
import type { PathGate } from './path-gate.ts';
import { readTextFile } from './text-file.ts';
import { done, refused, toolOf, type Tool } from './tool.ts';

const LINES = 400;
const MOST_CHARACTERS = 24_000;

export function readFileTool(gate: PathGate): Tool {
  return toolOf({
    name: 'read_file',
    description: `Read a text file. Gives at most ${String(LINES)} lines at once; ask for more with start_line.`,
    input: z.object({
      path: z.string().describe('Path relative to the worktree'),
      start_line: z.int().min(1).optional().describe('First line, from 1'),
      lines: z.int().min(1).max(2_000).optional().describe('How many lines'),
    }),
    async run({ path, start_line: from = 1, lines = LINES }) {
      const place = await gate.check(path, 'read');
      if (!place.ok) return refused(place.error.message);
      const { real, shown, kind } = place.value;
      if (kind === 'absent') return refused(`There is no file ${shown}.`);
      if (kind === 'folder') return refused(`${shown} is a folder: use list_files.`);
      const file = await readTextFile(real, shown);
      if (!file.ok) return refused(file.error.message);
      const all = file.value.text.split('\n');
      if (all.at(-1) === '') all.pop();
      if (all.length === 0) return done(`${shown} is empty.`);
      if (from > all.length) return refused(`${shown} has only ${String(all.length)} lines.`);
      const some = all.slice(from - 1, from - 1 + lines);
      const last = from - 1 + some.length;
      const head =
        from === 1 && last === all.length
          ? ''
          : `[lines ${String(from)} to ${String(last)} of ${String(all.length)}]\n`;
      return done(head + boundText(some.join('\n'), MOST_CHARACTERS, 'start'));
    },
  });
}
