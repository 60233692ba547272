import type { OutputOf } from '../../../preload/contract/operations.ts';
import { parsePatch, type Hunk } from './patch-lines.ts';
import { strings } from './strings.ts';

export type Diff = OutputOf<'run.diff'>;
export type DiffFile = Diff['files'][number];

const longFile = 3_000;
const lock =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|Cargo\.lock|poetry\.lock|go\.sum|[^/]+\.lock)$/;
const generated = /(^|\/)(generated|__generated__|dist|vendor)\/|\.(generated|g)\.[a-z]+$|\.snap$/;

const reasons = new WeakMap<DiffFile, { readonly text: string | null }>();
/** Why a file is collapsed by itself; null when it is shown. */
export function collapseReason(file: DiffFile): string | null {
  const known = reasons.get(file);
  if (known) return known.text;
  const text = findReason(file);
  reasons.set(file, { text });
  return text;
}

function findReason(file: DiffFile): string | null {
  const words = strings.diff;
  if (file.binary) return file.note ?? words.binary;
  if (file.patch === null) return file.note ?? words.none;
  if (lock.test(file.path)) return words.lock;
  if (generated.test(file.path)) return words.generated;
  if (/\.min\.[a-z]+$/.test(file.path)) return words.minified;
  if (hasHugeLine(file)) return words.wide;
  if (file.additions + file.deletions > longFile) return words.long(file.additions + file.deletions);
  return null;
}

/** Lines this long were written by a tool; one of them is slower to draw than a thousand others. */
const hugeLine = 5_000;
function hasHugeLine({ patch }: DiffFile): boolean {
  if (patch === null) return false;
  for (let start = 0; patch.length - start > hugeLine;) {
    const end = patch.indexOf('\n', start);
    if ((end === -1 ? patch.length : end) - start > hugeLine) return true;
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
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
