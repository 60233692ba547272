import type { HunkPlace } from '../domain/run/left-out.ts';

/** What one `@@` line says: which lines of the old file give way to which of the new one. Lines count from 1. */
export interface HunkRange extends HunkPlace {
  readonly oldLines: number;
  readonly newLines: number;
}

/** The ranges of one file's unified diff, in their order. */
export function hunkRanges(patch: string): HunkRange[] {
  return patch.split('\n').flatMap((line) => {
    const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/u.exec(line);
    if (!found) return [];
    const [, oldStart, oldLines = '1', newStart, newLines = '1'] = found;
    return [
      {
        oldStart: Number(oldStart),
        oldLines: Number(oldLines),
        newStart: Number(newStart),
        newLines: Number(newLines),
      },
    ];
  });
}

/** The old file with the hunks that `keep` names in it, byte for byte; all of them give the new file. */
export function keepHunks(
  before: Uint8Array,
  after: Uint8Array,
  hunks: readonly HunkRange[],
  keep: (hunk: HunkRange) => boolean,
): Uint8Array {
  const old = linesOf(before);
  const now = linesOf(after);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const hunk of hunks) {
    // A range without lines names the line before it.
    const oldFrom = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    const newFrom = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    parts.push(...old.slice(at, oldFrom));
    at = oldFrom + hunk.oldLines;
    parts.push(...(keep(hunk) ? now.slice(newFrom, newFrom + hunk.newLines) : old.slice(oldFrom, at)));
  }
  parts.push(...old.slice(at));
  return Buffer.concat(parts);
}

/** Lines with their ends. */
function linesOf(text: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(10, start);
    const next = end === -1 ? text.length : end + 1;
    lines.push(text.subarray(start, next));
    start = next;
  }
  return lines;
}
