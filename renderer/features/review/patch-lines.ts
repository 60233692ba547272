/** One line of a unified diff, with its numbers in the old and the new file. */
export interface PatchLine {
  readonly kind: 'context' | 'add' | 'delete';
  readonly text: string;
  readonly old: number | null;
  readonly new: number | null;
  /** The file ends here without a line break. */
  readonly noNewline?: boolean;
}
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** What git names the place by, such as the function. */
  readonly heading: string;
  readonly lines: readonly PatchLine[];
  /** Unchanged lines between this hunk and the one before. */
  readonly skipped: number;
}

const head = /^@@+ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@+ ?(.*)$/;

/** Reads the hunks of one file's unified diff. Null when a line is none that a unified diff can hold: show it as plain text then. */
export function parsePatch(patch: string): Hunk[] | null {
  const hunks: {
    oldStart: number;
    newStart: number;
    heading: string;
    lines: PatchLine[];
    skipped: number;
  }[] = [];
  let oldLine = 0;
  let newLine = 0;
  const all = patch.split('\n');
  if (all.at(-1) === '') all.pop();
  for (const raw of all) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const start = head.exec(line);
    if (start) {
      const oldStart = Number(start[1]);
      const newStart = Number(start[2]);
      const skipped = hunks.length === 0 ? Math.max(0, newStart - 1) : Math.max(0, newStart - newLine);
      oldLine = oldStart;
      newLine = newStart;
      hunks.push({ oldStart, newStart, heading: start[3] ?? '', lines: [], skipped });
      continue;
    }
    const hunk = hunks.at(-1);
    // What stands before the first hunk names the files and their modes.
    if (!hunk) continue;
    const text = line.slice(1);
    if (line.startsWith('+')) hunk.lines.push({ kind: 'add', text, old: null, new: newLine++ });
    else if (line.startsWith('-')) hunk.lines.push({ kind: 'delete', text, old: oldLine++, new: null });
    else if (line.startsWith(' ') || line === '')
      hunk.lines.push({ kind: 'context', text, old: oldLine++, new: newLine++ });
    else if (line.startsWith('\\')) {
      const last = hunk.lines.pop();
      if (last) hunk.lines.push({ ...last, noNewline: true });
    } else return null;
  }
  return hunks;
}

/** Turns lines that differ only in white space into unchanged ones, as the new file has them. */
export function withoutWhitespace(lines: readonly PatchLine[]): PatchLine[] {
  const shown: PatchLine[] = [];
  for (const block of changeBlocks(lines)) {
    if (block.context) {
      shown.push(...block.context);
      continue;
    }
    const { deleted, added } = block;
    const same = deleted.map((line, index) => {
      const other = added[index];
      return other !== undefined && squeeze(line.text) === squeeze(other.text);
    });
    shown.push(...deleted.filter((_, index) => !same[index]));
    added.forEach((line, index) => {
      const old = deleted[index]?.old ?? null;
      shown.push(same[index] ? { ...line, kind: 'context', old } : line);
    });
  }
  return shown;
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

export type ChangeBlock =
  | { readonly context: readonly PatchLine[] }
  | {
      readonly context?: undefined;
      readonly deleted: readonly PatchLine[];
      readonly added: readonly PatchLine[];
    };

/** Runs of unchanged lines, and runs of deleted lines with the added ones that follow them. */
export function changeBlocks(lines: readonly PatchLine[]): ChangeBlock[] {
  const blocks: ChangeBlock[] = [];
  let at = 0;
  const take = (kind: PatchLine['kind']): PatchLine[] => {
    const start = at;
    while (lines[at]?.kind === kind) at += 1;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const context = take('context');
    if (context.length > 0) blocks.push({ context });
    const deleted = take('delete');
    const added = take('add');
    if (deleted.length + added.length > 0) blocks.push({ deleted, added });
  }
  return blocks;
}
