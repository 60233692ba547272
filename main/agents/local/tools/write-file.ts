import { z } from 'zod';
import { lineCount } from '../../turn-account.ts';
import type { PathGate } from './path-gate.ts';
import { readTextFile, writeTextFile } from './text-file.ts';
import { done, refused, toolOf, type Tool } from './tool.ts';

export function writeFileTool(gate: PathGate): Tool {
  return toolOf({
    name: 'write_file',
    description: 'Write a whole text file, new or in place of an old one. Folders on the way are made.',
    input: z.object({
      path: z.string().describe('Path relative to the worktree'),
      content: z.string().max(1_000_000).describe('The whole text of the file'),
    }),
    async run({ path, content }) {
      const place = await gate.check(path, 'write');
      if (!place.ok) return refused(place.error.message);
      const { real, shown, kind } = place.value;
      if (kind === 'folder') return refused(`${shown} is a folder.`);
      const before = kind === 'file' ? await readTextFile(real, shown) : undefined;
      if (before?.ok === false) return refused(before.error.message);
      await writeTextFile(real, content, before?.value.mode ?? 0o644);
      const lines = lineCount(content);
      return done(`${before ? 'Replaced' : 'Wrote'} ${shown}: ${String(lines)} lines.`, {
        path: shown,
        change: before ? 'modified' : 'added',
        additions: lines,
        deletions: before ? lineCount(before.value.text) : 0,
      });
    },
  });
}
