import type { Diff, DiffFile } from '../domain/run/diff.ts';
import { ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Git } from './git.ts';
import { previewMerge } from './merge-preview.ts';
import { parseNumstat, parseRawRecords, splitPatch } from './parse-patch.ts';
import type { Counts, RawRecord } from './parse-patch.ts';
import { openRepository, resolveCommit } from './repository.ts';
import type { Repository } from './repository.ts';
import { whyBlocked } from './target-state.ts';

export const PATCH_LIMITS = {
  fileBytes: 1024 * 1024,
  fileLines: 50_000,
  totalBytes: 4 * 1024 * 1024,
  /** Blobs larger than this are not compared line by line at all. */
  blobBytes: 2 * 1024 * 1024,
  /** Sum of the blobs that are compared. */
  blobsTotal: 48 * 1024 * 1024,
} as const;

/** What a run would bring to its target, and whether it could be applied now. */
export async function readDiff(
  git: Git,
  input: { projectPath: string; base: string; head: string; target: string },
): Promise<Result<Diff>> {
  const opened = await openRepository(git, input.projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { place } = repository;
  const base = await resolveCommit(git, place, input.base);
  if (!base.ok) return base;
  const head = await resolveCommit(git, place, input.head);
  if (!head.ok) return head;
  const files = await readFiles(git, repository, base.value, head.value);
  if (!files.ok) return files;
  const sum = (key: 'additions' | 'deletions'): number =>
    files.value.reduce((total, file) => total + file[key], 0);
  const diff = {
    baseCommit: base.value,
    headCommit: head.value,
    target: input.target,
    files: files.value,
    additions: sum('additions'),
    deletions: sum('deletions'),
  };
  const target = await resolveCommit(git, place, `refs/heads/${input.target}`);
  if (!target.ok) {
    if (target.error.tag !== 'unknown_commit') return target;
    return ok({ ...diff, targetAhead: 0, conflicts: [], blockedBy: `The branch ${input.target} is gone.` });
  }
  const ahead = await git.run(place, ['rev-list', '--count', `${base.value}..${target.value}`]);
  if (!ahead.ok) return ahead;
  const preview = await previewMerge(git, repository, { ours: target.value, theirs: head.value });
  if (!preview.ok) return preview;
  const blocked = await whyBlocked(git, repository, {
    target: input.target,
    targetCommit: target.value,
    tree: preview.value.conflicts.length === 0 ? preview.value.tree : null,
  });
  if (!blocked.ok) return blocked;
  return ok({
    ...diff,
    targetAhead: Number(ahead.value.text()),
    conflicts: [...preview.value.conflicts],
    blockedBy: blocked.value?.message ?? null,
  });
}

/** The files that differ between two commits or trees, with their patches. */
export async function readFiles(
  git: Git,
  repository: Repository,
  base: string,
  head: string,
): Promise<Result<DiffFile[]>> {
  const { place } = repository;
  const options = ['-z', '-M', '--no-abbrev', '--ignore-submodules=none', base, head];
  const raw = await git.run(place, ['diff', '--raw', ...options]);
  if (!raw.ok) return raw;
  const records = parseRawRecords(raw.value.fields());
  if (records.length === 0) return ok([]);
  const sizes = await blobSizes(git, repository, records);
  if (!sizes.ok) return sizes;
  const sizeOf = ({ oldBlob, newBlob }: RawRecord): number =>
    Math.max(sizes.value.get(oldBlob) ?? 0, sizes.value.get(newBlob) ?? 0);
  let compared = 0;
  const small = new Set(
    records.filter((record) => {
      const size = sizeOf(record);
      if (size > PATCH_LIMITS.blobBytes || compared + size > PATCH_LIMITS.blobsTotal) return false;
      compared += size;
      return true;
    }),
  );
  const numbers = await git.run(place, ['diff', '--numstat', ...options]);
  if (!numbers.ok) return numbers;
  const counts = parseNumstat(numbers.value.fields());
  const patches = await readPatches(git, repository, records, small, [base, head]);
  if (!patches.ok) return patches;
  let total = 0;
  return ok(
    records.map((record) => {
      const count = counts.get(record.path) ?? { additions: 0, deletions: 0, binary: false };
      const shown = choosePatch(record, count, patches.value.get(record.path), total);
      total += shown.patch?.length ?? 0;
      const { path, oldPath, change } = record;
      return { path, oldPath, change, ...count, ...shown };
    }),
  );
}

async function blobSizes(
  git: Git,
  repository: Repository,
  records: readonly RawRecord[],
): Promise<Result<Map<string, number>>> {
  const ids = [...new Set(records.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]))];
  const asked = await git.run(repository.place, ['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: ids.map((id) => `${id}\n`).join(''),
  });
  if (!asked.ok) return asked;
  const sizes = new Map<string, number>();
  for (const line of asked.value.text().split('\n')) {
    const [id = '', size = ''] = line.split(' ');
    if (/^\d+$/u.test(size)) sizes.set(id, Number(size));
  }
  return ok(sizes);
}

async function readPatches(
  git: Git,
  repository: Repository,
  records: readonly RawRecord[],
  small: ReadonlySet<RawRecord>,
  range: readonly string[],
): Promise<Result<Map<string, string>>> {
  const command = ['diff', '--patch', '-M', '--ignore-submodules=none', ...range];
  if (small.size === records.length) {
    const whole = await git.run(repository.place, command, { maxBytes: 256 * 1024 * 1024 });
    return whole.ok ? ok(splitPatch(whole.value.text(), records)) : whole;
  }
  const patches = new Map<string, string>();
  const chosen = [...small];
  for (let start = 0; start < chosen.length; start += 200) {
    const batch = chosen.slice(start, start + 200);
    const names = batch.flatMap(({ path, oldPath }) => (oldPath === null ? [path] : [oldPath, path]));
    const part = await git.run(repository.place, [...command, '--', ...names], {
      maxBytes: 256 * 1024 * 1024,
    });
    if (!part.ok) return part;
    for (const [path, patch] of splitPatch(part.value.text(), batch)) patches.set(path, patch);
  }
  return ok(patches);
}

function choosePatch(
  record: RawRecord,
  count: Counts,
  patch: string | undefined,
  shownBefore: number,
): { patch: string | null; note: string | null } {
  const none = (note: string): { patch: null; note: string } => ({ patch: null, note });
  if (count.binary) return none('A binary file.');
  if (patch === undefined) return none('Too large to compare here.');
  const bytes = Buffer.byteLength(patch);
  if (bytes > PATCH_LIMITS.fileBytes || count.additions + count.deletions > PATCH_LIMITS.fileLines) {
    return none('Too large to show here.');
  }
  if (shownBefore + bytes > PATCH_LIMITS.totalBytes)
    return none('Left out, because the whole diff is too large.');
  const text = patch.endsWith('\n') ? patch : `${patch}\n`;
  const { oldMode, newMode } = record;
  const modes = record.change !== 'added' && record.change !== 'deleted' && oldMode !== newMode;
  return { patch: text, note: modes ? modeNote(oldMode, newMode) : null };
}

function modeNote(oldMode: string, newMode: string): string {
  if (newMode === '100755') return 'Became executable.';
  if (oldMode === '100755' && newMode === '100644') return 'No longer executable.';
  if (newMode === '120000') return 'Became a symbolic link.';
  if (newMode === '160000' || oldMode === '160000') return 'A submodule.';
  return `Mode ${oldMode} became ${newMode}.`;
}
