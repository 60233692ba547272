import { z } from 'zod';
import { lineCount } from '../../turn-account.ts';
import type { PathGate } from './path-gate.ts';
import { readTextFile, writeTextFile } from './text-file.ts';
import { done, refused, toolOf, type Tool } from './tool.ts';

export function editFileTool(gate: PathGate): Tool {
  return toolOf({
    name: 'edit_file',
    description:
      'Replace a piece of a text file. old_text must stand in the file exactly once, with every space and line break; give enough lines around it.',
    input: z.object({
      path: z.string().describe('Path relative to the worktree'),
      old_text: z.string().min(1).describe('The text to replace, exactly as it stands'),
      new_text: z.string().max(1_000_000).describe('The text in its place'),
    }),
    async run({ path, old_text: old, new_text: put }) {
      const place = await gate.check(path, 'write');
      if (!place.ok) return refused(place.error.message);
      const { real, shown, kind } = place.value;
      if (kind !== 'file')
        return refused(kind === 'folder' ? `${shown} is a folder.` : `There is no file ${shown}.`);
      const file = await readTextFile(real, shown);
      if (!file.ok) return refused(file.error.message);
      const { text, mode } = file.value;
      const windows = text.includes('\r\n') && !old.includes('\r\n');
      const [find, replacement] = windows
        ? [old.replaceAll('\n', '\r\n'), put.replaceAll(/\r?\n/gu, '\r\n')]
        : [old, put];
      const at = text.indexOf(find);
      if (at < 0)
        return refused(`old_text does not stand in ${shown}. Read the file again and copy it exactly.`);
      if (text.indexOf(find, at + 1) >= 0)
        return refused(`old_text stands in ${shown} more than once. Give more lines around it.`);
      if (find === replacement) return refused('new_text is the same as old_text.');
      await writeTextFile(real, text.slice(0, at) + replacement + text.slice(at + find.length), mode);
      const line = text.slice(0, at).split('\n').length;
      return done(`Changed ${shown} at line ${String(line)}.`, {
        path: shown,
        change: 'modified',
        additions: lineCount(replacement),
        deletions: lineCount(find),
      });
    },
  });
}
