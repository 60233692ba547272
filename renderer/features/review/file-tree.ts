import { collapseReason, type DiffFile } from './diff-rows.ts';

export type FileListItem =
  | { readonly kind: 'heading'; readonly key: string; readonly label: string; readonly depth: number }
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly file: DiffFile;
      readonly name: string;
      readonly depth: number;
    };

const changes = ['added', 'modified', 'renamed', 'deleted'] as const;

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

export function statusItems(
  files: readonly DiffFile[],
  labels: Readonly<Record<DiffFile['change'], string>>,
): FileListItem[] {
  return changes.flatMap((change): FileListItem[] => {
    const of = files.filter((file) => file.change === change);
    if (of.length === 0) return [];
    return [
      { kind: 'heading', key: `change ${change}`, label: `${labels[change]} ${String(of.length)}`, depth: 0 },
      ...of.map((file): FileListItem => ({ kind: 'file', key: file.path, file, name: file.path, depth: 1 })),
    ];
  });
}
