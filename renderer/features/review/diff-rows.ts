import type { OutputOf } from '../../../preload/contract/operations.ts';
import { changeBlocks, parsePatch, withoutWhitespace, type Hunk, type PatchLine } from './patch-lines.ts';
import { strings } from './strings.ts';
import { wordDiff, type Range } from './word-diff.ts';

export type Diff = OutputOf<'run.diff'>;
export type DiffFile = Diff['files'][number];

export type Side = 'old' | 'new';
/** Names a line for a comment: path, side and number. */
export function lineKey(path: string, line: PatchLine): string {
  return line.new === null ? `${path}:old:${String(line.old)}` : `${path}:new:${String(line.new)}`;
}

/** A line with what changed within it. */
export interface ShownLine extends PatchLine {
  readonly words: readonly Range[];
}
export type DiffRow =
  | { readonly kind: 'file'; readonly key: string; readonly file: DiffFile; readonly open: boolean }
  | {
      readonly kind: 'note';
      readonly key: string;
      readonly file: DiffFile;
      readonly text: string;
      readonly showable: boolean;
    }
  | { readonly kind: 'hunk'; readonly key: string; readonly file: DiffFile; readonly hunk: Hunk }
  | {
      readonly kind: 'line';
      readonly key: string;
      readonly file: DiffFile;
      readonly hunk: Hunk;
      readonly line: ShownLine;
    }
  | {
      readonly kind: 'pair';
      readonly key: string;
      readonly file: DiffFile;
      readonly hunk: Hunk;
      readonly left: ShownLine | null;
      readonly right: ShownLine | null;
    }
  | { readonly kind: 'plain'; readonly key: string; readonly file: DiffFile; readonly text: string }
  | { readonly kind: 'comment'; readonly key: string; readonly file: DiffFile; readonly lineKey: string };

export interface DiffLayout {
  readonly split: boolean;
  readonly hideWhitespace: boolean;
  /** Files the reader opened or closed against what they are by themselves. */
  readonly toggled: ReadonlySet<string>;
  readonly viewed: ReadonlySet<string>;
  /** Lines that carry a comment or are being commented on. */
  readonly commented: ReadonlySet<string>;
}

const longFile = 3_000;
const lock =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|Cargo\.lock|poetry\.lock|go\.sum|[^/]+\.lock)$/;
const generated = /(^|\/)(generated|__generated__|dist|vendor)\/|\.(generated|g)\.[a-z]+$|\.snap$/;

/** Why a file is collapsed by itself; null when it is shown. */
export function collapseReason(file: DiffFile): string | null {
  const words = strings.diff;
  if (file.binary) return file.note ?? words.binary;
  if (file.patch === null) return file.note ?? words.none;
  if (lock.test(file.path)) return words.lock;
  if (generated.test(file.path)) return words.generated;
  if (/\.min\.[a-z]+$/.test(file.path)) return words.minified;
  if (file.additions + file.deletions > longFile) return words.long(file.additions + file.deletions);
  return null;
}

const parsed = new WeakMap<DiffFile, Hunk[] | null>();
/** Parsed once a file: a diff is an answer, and answers do not change. */
export function hunksOf(file: DiffFile): Hunk[] | null {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const hunks = file.patch === null ? [] : parsePatch(file.patch);
  parsed.set(file, hunks);
  return hunks;
}

export function diffRows(files: readonly DiffFile[], layout: DiffLayout): DiffRow[] {
  return files.flatMap((file) => fileRows(file, layout));
}

export function fileOpen(file: DiffFile, layout: Pick<DiffLayout, 'toggled' | 'viewed'>): boolean {
  const open = collapseReason(file) === null && !layout.viewed.has(file.path);
  return layout.toggled.has(file.path) ? !open : open;
}

function fileRows(file: DiffFile, layout: DiffLayout): DiffRow[] {
  const { path } = file;
  const open = fileOpen(file, layout);
  const rows: DiffRow[] = [{ kind: 'file', key: path, file, open }];
  const showable = file.patch !== null && !file.binary;
  if (!open || !showable) {
    const text = collapseReason(file) ?? strings.diff.collapsedViewed;
    rows.push({ kind: 'note', key: `${path} note`, file, text, showable });
    return rows;
  }
  const hunks = hunksOf(file);
  if (hunks === null) {
    const lines = (file.patch ?? '').split('\n');
    for (const [index, text] of lines.entries())
      rows.push({ kind: 'plain', key: `${path} p${String(index)}`, file, text });
    return rows;
  }
  if (hunks.length === 0)
    rows.push({ kind: 'note', key: `${path} note`, file, text: strings.diff.only, showable: false });
  for (const hunk of hunks) {
    rows.push({
      kind: 'hunk',
      key: `${path} @${String(hunk.newStart)}-${String(hunk.oldStart)}`,
      file,
      hunk,
    });
    const lines = layout.hideWhitespace ? withoutWhitespace(hunk.lines) : hunk.lines;
    for (const row of layout.split ? pairs(file, hunk, lines) : unified(file, hunk, lines)) {
      rows.push(row);
      for (const line of row.kind === 'line'
        ? [row.line]
        : row.kind === 'pair'
          ? [row.left, row.right]
          : []) {
        const key = line ? lineKey(path, line) : undefined;
        // An unchanged line stands on both sides and is named by the new one.
        if (key !== undefined && layout.commented.has(key) && rows.at(-1)?.key !== `${key} comment`)
          rows.push({ kind: 'comment', key: `${key} comment`, file, lineKey: key });
      }
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
      const words = wordDiff(before.text, after.text);
      deleted[index] = { ...before, words: words.before };
      added[index] = { ...after, words: words.after };
    }
    return { context: [], deleted, added };
  });
}

function plainLine(line: PatchLine): ShownLine {
  return { ...line, words: [] };
}

function unified(file: DiffFile, hunk: Hunk, lines: readonly PatchLine[]): DiffRow[] {
  return shownBlocks(lines).flatMap(({ context, deleted, added }) =>
    [...context, ...deleted, ...added].map((line): DiffRow => ({
      kind: 'line',
      key: `${lineKey(file.path, line)} ${line.kind}`,
      file,
      hunk,
      line,
    })),
  );
}

function pairs(file: DiffFile, hunk: Hunk, lines: readonly PatchLine[]): DiffRow[] {
  return shownBlocks(lines).flatMap(({ context, deleted, added }) => {
    const rows: DiffRow[] = context.map((line) => ({
      kind: 'pair',
      key: `${lineKey(file.path, line)} pair`,
      file,
      hunk,
      left: line,
      right: line,
    }));
    for (let index = 0; index < Math.max(deleted.length, added.length); index += 1) {
      const left = deleted[index] ?? null;
      const right = added[index] ?? null;
      const named = right ?? left;
      if (named)
        rows.push({ kind: 'pair', key: `${lineKey(file.path, named)} pair`, file, hunk, left, right });
    }
    return rows;
  });
}
