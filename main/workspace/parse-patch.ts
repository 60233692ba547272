import type { DiffFile } from '../domain/run/diff.ts';

/** One record of `git diff --raw -z --abbrev=40`. */
export interface RawRecord {
  readonly path: string;
  readonly oldPath: string | null;
  readonly change: DiffFile['change'];
  /** A change of type, such as file to link, is two patches. */
  readonly typeChange: boolean;
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldBlob: string;
  readonly newBlob: string;
}

export function parseRawRecords(fields: readonly string[]): RawRecord[] {
  const records: RawRecord[] = [];
  let index = 0;
  while (index < fields.length) {
    const head = fields[index] ?? '';
    if (!head.startsWith(':')) break;
    const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = ''] = head.slice(1).split(' ');
    const renamed = status.startsWith('R') || status.startsWith('C');
    const first = fields[index + 1] ?? '';
    const path = renamed ? (fields[index + 2] ?? '') : first;
    const change = status.startsWith('R')
      ? 'renamed'
      : status === 'A' || status.startsWith('C')
        ? 'added'
        : status === 'D'
          ? 'deleted'
          : 'modified';
    records.push({
      path,
      oldPath: change === 'renamed' ? first : null,
      change,
      typeChange: status === 'T',
      oldMode,
      newMode,
      oldBlob,
      newBlob,
    });
    index += renamed ? 3 : 2;
  }
  return records;
}

export interface Counts {
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
}

/** `--numstat -z`: by the new path. */
export function parseNumstat(fields: readonly string[]): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (let index = 0; index < fields.length; index += 1) {
    const [added = '', deleted = '', ...rest] = (fields[index] ?? '').split('\t');
    let path = rest.join('\t');
    if (path === '') {
      path = fields[index + 2] ?? '';
      index += 2;
    }
    const binary = added === '-';
    counts.set(path, {
      additions: binary ? 0 : Number(added),
      deletions: binary ? 0 : Number(deleted),
      binary,
    });
  }
  return counts;
}

/** Cuts a patch of many files into one text per record, in their order. A body line never starts with `diff --git`. */
export function splitPatch(text: string, records: readonly RawRecord[]): Map<string, string> {
  const parts = text.split(/^(?=diff --git )/mu).filter((part) => part.startsWith('diff --git '));
  const patches = new Map<string, string>();
  let next = 0;
  for (const record of records) {
    const count = record.typeChange ? 2 : 1;
    patches.set(record.path, parts.slice(next, next + count).join(''));
    next += count;
  }
  return patches;
}
