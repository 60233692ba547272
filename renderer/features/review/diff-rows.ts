import { collapseReason, hunksOf, type DiffFile } from './diff-file.ts';
import { changeBlocks, withoutWhitespace, type Hunk, type PatchLine } from './patch-lines.ts';
import { hunkIsOut, fileIsOut, type LeftOutMarks } from './left-out.ts';
import { strings } from './strings.ts';
import { wordDiff, type Range } from './word-diff.ts';

export type Side = 'old' | 'new';
/** Names a line for a comment: path, side and number. */
export function lineKey(path: string, line: PatchLine): string {
  return line.new === null ? `${path}:old:${String(line.old)}` : `${path}:new:${String(line.new)}`;
}

/** A line with what changed within it. */
export interface ShownLine extends PatchLine {
  readonly words: readonly Range[];
}
/** Unchanged lines that the diff leaves out, by their numbers in the new file. */
export interface Gap {
  readonly key: string;
  readonly from: number;
  /** Null: to the end of the file. */
  readonly to: number | null;
  /** What a line's old number is short of its new one. */
  readonly shift: number;
}
export type DiffRow =
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly file: DiffFile;
      readonly open: boolean;
      /** The reader leaves it out of what is applied. */
      readonly out: boolean;
    }
  | {
      readonly kind: 'note';
      readonly key: string;
      readonly file: DiffFile;
      readonly text: string;
      readonly showable: boolean;
    }
  | {
      readonly kind: 'hunk';
      readonly key: string;
      readonly file: DiffFile;
      readonly hunk: Hunk;
      readonly out: boolean;
      /** Unchanged lines before it that are not shown yet. */
      readonly gap: Gap | null;
    }
  /** Unchanged lines after the last hunk. */
  | { readonly kind: 'rest'; readonly key: string; readonly file: DiffFile; readonly gap: Gap }
  | {
      readonly kind: 'line';
      readonly key: string;
      readonly file: DiffFile;
      readonly hunk: Hunk;
      readonly line: ShownLine;
      readonly out: boolean;
    }
  | {
      readonly kind: 'pair';
      readonly key: string;
      readonly file: DiffFile;
      readonly hunk: Hunk;
      readonly left: ShownLine | null;
      readonly right: ShownLine | null;
      readonly out: boolean;
    }
  | { readonly kind: 'plain'; readonly key: string; readonly file: DiffFile; readonly text: string }
  | { readonly kind: 'comment'; readonly key: string; readonly file: DiffFile; readonly lineKey: string };

/** The line that a comment from a row is about: its own, or of a hunk's heading, where the keys lead, the first that was changed. */
export function lineToComment(rows: readonly DiffRow[], index: number): ShownLine | null {
  const row = rows[index];
  if (row?.kind === 'line') return row.line;
  if (row?.kind === 'pair') return row.right ?? row.left;
  if (row?.kind !== 'hunk') return null;
  for (let at = index + 1; at < rows.length; at += 1) {
    const each = rows[at];
    if (!each) return null;
    if (each.kind === 'line' && each.line.kind !== 'context') return each.line;
    if (each.kind === 'pair' && each.left?.kind !== 'context') return each.right ?? each.left;
    if (each.kind === 'hunk' || each.kind === 'file') return null;
  }
  return null;
}

export interface DiffLayout {
  readonly split: boolean;
  readonly hideWhitespace: boolean;
  /** Files the reader opened or closed against what they are by themselves. */
  readonly toggled: ReadonlySet<string>;
  readonly viewed: ReadonlySet<string>;
  /** Lines that carry a comment or are being commented on. */
  readonly commented: ReadonlySet<string>;
  readonly leftOut: LeftOutMarks;
  /** Unchanged lines the reader asked for, by the key of their gap. */
  readonly gaps: ReadonlyMap<string, readonly PatchLine[]>;
}

export function diffRows(files: readonly DiffFile[], layout: DiffLayout): DiffRow[] {
  return files.flatMap((file) => rowsOf(file, layout));
}

const drawn = new WeakMap<DiffFile, { readonly as: string; readonly rows: readonly DiffRow[] }>();
/** The rows of a file as they were, unless something of this very file is drawn in another way: a diff may have tens of thousands. */
function rowsOf(file: DiffFile, layout: DiffLayout): readonly DiffRow[] {
  const { path } = file;
  const mine = (keys: Iterable<string>): string[] =>
    [...keys].filter((key) => key.startsWith(`${path}:`) || key.startsWith(`${path} @`));
  const as = JSON.stringify([
    layout.split,
    layout.hideWhitespace,
    fileOpen(file, layout),
    layout.leftOut[path] ?? null,
    mine(layout.commented),
    mine(layout.gaps.keys()),
  ]);
  const known = drawn.get(file);
  if (known?.as === as) return known.rows;
  const rows = fileRows(file, layout);
  drawn.set(file, { as, rows });
  return rows;
}

export function fileOpen(file: DiffFile, layout: Pick<DiffLayout, 'toggled' | 'viewed'>): boolean {
  const open = collapseReason(file) === null && !layout.viewed.has(file.path);
  return layout.toggled.has(file.path) ? !open : open;
}

function fileRows(file: DiffFile, layout: DiffLayout): DiffRow[] {
  const { path } = file;
  const open = fileOpen(file, layout);
  const rows: DiffRow[] = [{ kind: 'file', key: path, file, open, out: fileIsOut(layout.leftOut, path) }];
  const showable = file.patch !== null && !file.binary;
  if (!open || !showable) {
    const text = collapseReason(file) ?? strings.diff.collapsedViewed;
    rows.push({ kind: 'note', key: `${path} note`, file, text, showable });
    return rows;
  }
  const hunks = hunksOf(file);
  if (hunks === null) {
    rows.push({
      kind: 'note',
      key: `${path} note`,
      file,
      text: strings.diff.unreadable,
      showable: false,
    });
    const lines = (file.patch ?? '').split('\n');
    for (const [index, text] of lines.entries())
      rows.push({ kind: 'plain', key: `${path} p${String(index)}`, file, text });
    return rows;
  }
  if (hunks.length === 0)
    rows.push({
      kind: 'note',
      key: `${path} note`,
      file,
      text: file.note ?? strings.diff.only,
      showable: false,
    });
  for (const hunk of hunks) {
    const out = hunkIsOut(layout.leftOut, path, hunk);
    const gap = gapBefore(file, hunk);
    const between = gap ? layout.gaps.get(gap.key) : undefined;
    if (between) rows.push(...lineRows(file, hunk, between, layout, false));
    rows.push({
      kind: 'hunk',
      key: `${path} @${String(hunk.newStart)}-${String(hunk.oldStart)}`,
      file,
      hunk,
      out,
      gap: between ? null : gap,
    });
    const lines = layout.hideWhitespace ? withoutWhitespace(hunk.lines) : hunk.lines;
    rows.push(...lineRows(file, hunk, lines, layout, out));
  }
  const last = hunks.at(-1);
  const rest = last ? gapAfter(file, last) : null;
  if (last && rest) {
    const after = layout.gaps.get(rest.key);
    if (after) rows.push(...lineRows(file, last, after, layout, false));
    else rows.push({ kind: 'rest', key: `${path} rest`, file, gap: rest });
  }
  return rows;
}

/** Files that came or went are shown whole already. */
function hasGaps({ change }: DiffFile): boolean {
  return change === 'modified' || change === 'renamed';
}

function gapBefore(file: DiffFile, hunk: Hunk): Gap | null {
  if (hunk.skipped === 0 || !hasGaps(file)) return null;
  const { newStart, oldStart, skipped } = hunk;
  return {
    key: `${file.path} @${String(newStart)}`,
    from: newStart - skipped,
    to: newStart - 1,
    shift: newStart - oldStart,
  };
}

/** What the last hunk shows below its last change; with less, the file ends there. */
const contextLines = 3;
function gapAfter(file: DiffFile, hunk: Hunk): Gap | null {
  const tail = hunk.lines.slice(-contextLines);
  const last = tail.at(-1);
  if (!hasGaps(file) || tail.length < contextLines || !tail.every(({ kind }) => kind === 'context'))
    return null;
  if (!last || last.new === null || last.old === null || last.noNewline) return null;
  return { key: `${file.path} @end`, from: last.new + 1, to: null, shift: last.new - last.old };
}

function lineRows(
  file: DiffFile,
  hunk: Hunk,
  lines: readonly PatchLine[],
  layout: DiffLayout,
  out: boolean,
): DiffRow[] {
  const rows: DiffRow[] = [];
  for (const row of layout.split ? pairs(file, hunk, lines, out) : unified(file, hunk, lines, out)) {
    rows.push(row);
    const shown = row.kind === 'line' ? [row.line] : row.kind === 'pair' ? [row.left, row.right] : [];
    for (const line of shown) {
      const key = line ? lineKey(file.path, line) : undefined;
      // An unchanged line stands on both sides and is named by the new one.
      if (key !== undefined && layout.commented.has(key) && rows.at(-1)?.key !== `${key} comment`)
        rows.push({ kind: 'comment', key: `${key} comment`, file, lineKey: key });
    }
  }
  return rows;
}

/** Marks the words that changed between lines that face each other. */
function shownBlocks(
  lines: readonly PatchLine[],
): { deleted: ShownLine[]; added: ShownLine[]; context: ShownLine[] }[] {
  return changeBlocks(lines).map((block) => {
    if (block.context) return { context: block.context.map(plainLine), deleted: [], added: [] };
    const deleted = block.deleted.map(plainLine);
    const added = block.added.map(plainLine);
    for (let index = 0; index < Math.min(deleted.length, added.length); index += 1) {
      const before = deleted[index];
      const after = added[index];
      if (!before || !after) continue;
      const words = once(() => wordDiff(before.text, after.text));
      deleted[index] = withWords(before, () => words().before);
      added[index] = withWords(after, () => words().after);
    }
    return { context: [], deleted, added };
  });
}

/** Compared when the line is drawn: most lines of a large diff never are. */
function withWords(line: PatchLine, find: () => readonly Range[]): ShownLine {
  return Object.defineProperty({ ...line, words: none }, 'words', { get: find, enumerable: true });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const none: readonly Range[] = [];
function plainLine(line: PatchLine): ShownLine {
  return { ...line, words: [] };
}

function unified(file: DiffFile, hunk: Hunk, lines: readonly PatchLine[], out: boolean): DiffRow[] {
  return shownBlocks(lines).flatMap(({ context, deleted, added }) =>
    [...context, ...deleted, ...added].map((line): DiffRow => ({
      kind: 'line',
      key: `${lineKey(file.path, line)} ${line.kind}`,
      file,
      hunk,
      line,
      out,
    })),
  );
}

function pairs(file: DiffFile, hunk: Hunk, lines: readonly PatchLine[], out: boolean): DiffRow[] {
  return shownBlocks(lines).flatMap(({ context, deleted, added }) => {
    const rows: DiffRow[] = context.map((line) => ({
      kind: 'pair',
      key: `${lineKey(file.path, line)} pair`,
      file,
      hunk,
      left: line,
      right: line,
      out,
    }));
    for (let index = 0; index < Math.max(deleted.length, added.length); index += 1) {
      const left = deleted[index] ?? null;
      const right = added[index] ?? null;
      const named = right ?? left;
      if (named)
        rows.push({ kind: 'pair', key: `${lineKey(file.path, named)} pair`, file, hunk, left, right, out });
    }
    return rows;
  });
}
