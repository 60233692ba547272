import type { InputOf } from '../../../preload/contract/operations.ts';
import { hunksOf, type DiffFile } from './diff-file.ts';
import type { Hunk } from './patch-lines.ts';

/** What of a result the reader does not want in the project, by path: the whole file, or some of its hunks by their key. */
export type LeftOutMarks = Readonly<Record<string, 'file' | readonly string[]>>;
type LeftOut = NonNullable<InputOf<'run.apply'>['leftOut']>;

export function hunkKey({ oldStart, newStart }: Pick<Hunk, 'oldStart' | 'newStart'>): string {
  return `${String(oldStart)}-${String(newStart)}`;
}

export function hunkIsOut(marks: LeftOutMarks, path: string, hunk: Hunk): boolean {
  const of = marks[path];
  return of === 'file' || (of?.includes(hunkKey(hunk)) ?? false);
}

export function fileIsOut(marks: LeftOutMarks, path: string): boolean {
  return marks[path] === 'file';
}

export function toggleFile(marks: LeftOutMarks, { path }: DiffFile): LeftOutMarks {
  return set(marks, path, marks[path] === 'file' ? [] : 'file');
}

/** A file that comes or goes is one hunk, and stays or goes as a whole; one whose every hunk is out is out. */
export function toggleHunk(marks: LeftOutMarks, file: DiffFile, hunk: Hunk): LeftOutMarks {
  const { path, change, note } = file;
  if (change === 'added' || change === 'deleted') return toggleFile(marks, file);
  const keys = (hunksOf(file) ?? []).map(hunkKey);
  const before = marks[path];
  const out = before === 'file' ? keys : (before ?? []);
  const key = hunkKey(hunk);
  const next = out.includes(key) ? out.filter((each) => each !== key) : [...out, key];
  // A rename or a new mode stays when every line is out; it is left out with the file itself.
  const onlyLines = change === 'modified' && note === null;
  return set(marks, path, onlyLines && next.length === keys.length ? 'file' : next);
}

function set(marks: LeftOutMarks, path: string, value: 'file' | readonly string[]): LeftOutMarks {
  const { [path]: _, ...rest } = marks;
  return value.length === 0 ? rest : { ...rest, [path]: value };
}

/** As the host asks for it; nothing when all is taken. Marks of files that are no part of the result are passed over. */
export function leftOutOf(
  marks: LeftOutMarks,
  files: readonly DiffFile[],
  head: string,
): LeftOut | undefined {
  const chosen = files.flatMap((file): LeftOut['files'] => {
    const mark = marks[file.path];
    if (mark === undefined) return [];
    if (mark === 'file') return [{ path: file.path }];
    const hunks = (hunksOf(file) ?? [])
      .filter((hunk) => mark.includes(hunkKey(hunk)))
      .map(({ oldStart, newStart }) => ({ oldStart, newStart }));
    return hunks.length === 0 ? [] : [{ path: file.path, hunks }];
  });
  return chosen.length === 0 ? undefined : { head, files: chosen };
}

/** How many whole files and how many hunks of others stay away. */
export function leftOutCounts(leftOut: LeftOut | undefined): { files: number; hunks: number } {
  const all = leftOut?.files ?? [];
  return {
    files: all.filter(({ hunks }) => hunks === undefined).length,
    hunks: all.reduce((sum, { hunks }) => sum + (hunks?.length ?? 0), 0),
  };
}
