import { collapseReason, type DiffFile } from './diff-file.ts';

export type FileListItem =
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly label: string;
      /** How many files stand below it, where that is told. */
      readonly count?: number;
      readonly depth: number;
    }
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly file: DiffFile;
      readonly name: string;
      readonly depth: number;
    };

/** Files under their folders; what no person wrote or can read comes last, under a heading of its own. */
export function treeItems(files: readonly DiffFile[], lastHeading: string): FileListItem[] {
  const last = files
    .filter((file) => collapseReason(file) !== null)
    .toSorted((a, b) => compare(a.path, b.path));
  const items = folderItems(files.filter((file) => collapseReason(file) === null));
  if (last.length === 0) return items;
  return [
    ...items,
    { kind: 'heading', key: 'collapsed', label: lastHeading, depth: 0 },
    ...last.map((file): FileListItem => ({ kind: 'file', key: file.path, file, name: file.path, depth: 1 })),
  ];
}

function folderItems(files: readonly DiffFile[]): FileListItem[] {
  const items: FileListItem[] = [];
  let open: string[] = [];
  for (const file of files.toSorted((a, b) => compare(a.path, b.path))) {
    const parts = file.path.split('/');
    const name = parts.pop() ?? file.path;
    const folder = parts.join('/');
    if (folder !== open.join('/')) {
      open = parts;
      if (folder !== '') items.push({ kind: 'heading', key: `folder ${folder}`, label: folder, depth: 0 });
    }
    items.push({ kind: 'file', key: file.path, file, name, depth: folder === '' ? 0 : 1 });
  }
  return items;
}

/** Folders before the files beside them, then by name. */
function compare(a: string, b: string): number {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  return (
    (folder(b) === '' ? 0 : 1) - (folder(a) === '' ? 0 : 1) ||
    folder(a).localeCompare(folder(b)) ||
    a.localeCompare(b)
  );
}

/** A step of the run that changed files, as the story tells it. */
export interface StoryStep {
  readonly title: string;
  readonly paths: readonly string[];
}

/**
 * Files under the step that first changed them, in the order of the work: so a reader meets them as they were meant. What no step
 * accounts for comes after them, and last what nobody wrote or can read.
 */
export function intentItems(
  files: readonly DiffFile[],
  steps: readonly StoryStep[],
  words: { readonly other: string; readonly last: string },
): FileListItem[] {
  const shown = files.filter((file) => collapseReason(file) === null);
  const stepOf = (file: DiffFile): number =>
    steps.findIndex(({ paths }) => paths.includes(file.path) || paths.includes(file.oldPath ?? file.path));
  const groups = Map.groupBy(shown, stepOf);
  const group = (label: string, key: string, of: readonly DiffFile[]): FileListItem[] =>
    of.length === 0
      ? []
      : [
          { kind: 'heading', key, label, count: of.length, depth: 0 },
          ...of
            .toSorted((a, b) => compare(a.path, b.path))
            .map((file): FileListItem => ({ kind: 'file', key: file.path, file, name: file.path, depth: 1 })),
        ];
  return [
    ...steps.flatMap(({ title }, index) => group(title, `step ${String(index)}`, groups.get(index) ?? [])),
    ...group(words.other, 'other', groups.get(-1) ?? []),
    ...group(
      words.last,
      'collapsed',
      files.filter((file) => collapseReason(file) !== null),
    ),
  ];
}
