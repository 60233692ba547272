import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { HunkPlace, LeftOut } from '../domain/run/left-out.ts';
import { fail, ok } from '../shared/result.ts';
import type { Refusal, Result } from '../shared/result.ts';
import type { Git, GitPlace } from './git.ts';
import { HOMER } from './identity.ts';
import { hunkRanges, keepHunks } from './keep-hunks.ts';
import { parseRawRecords } from './parse-patch.ts';
import type { RawRecord } from './parse-patch.ts';
import type { Repository } from './repository.ts';
import { treeOf } from './replay-commits.ts';
import { titleOf } from './run-mark.ts';

const BLOB_BYTES = 64 * 1024 * 1024;
const NO_FILE = `0 ${'0'.repeat(40)}`;

/**
 * Makes the commit that is applied when the owner leaves some of a result out: the base with everything else of it, as one commit.
 * One, and not the steps with another that takes things back: what was left out shall not come into the project's history either.
 * No branch and no working folder is touched, and the same choice gives the same commit.
 */
export async function leaveOut(
  git: Git,
  repository: Repository,
  input: { base: string; head: string; title: string; number: number; leftOut: LeftOut },
): Promise<Result<string>> {
  const { base, head, leftOut } = input;
  const { place } = repository;
  if (leftOut.head !== head) return changed();
  const raw = await git.run(place, [
    'diff',
    '--raw',
    '-z',
    '-M',
    '--no-abbrev',
    '--ignore-submodules=none',
    base,
    head,
  ]);
  if (!raw.ok) return raw;
  const records = new Map(parseRawRecords(raw.value.fields()).map((record) => [record.path, record]));
  const entries: string[] = [];
  for (const { path, hunks } of leftOut.files) {
    const record = records.get(path);
    if (!record) return changed();
    const made =
      hunks === undefined
        ? ok(wholeOut(record))
        : await hunksOut(git, repository, { ...input, record, hunks });
    if (!made.ok) return made;
    entries.push(...made.value);
  }
  const tree = await treeWith(git, repository, head, entries);
  if (!tree.ok) return tree;
  const before = await treeOf(git, repository, base);
  if (!before.ok) return before;
  if (before.value === tree.value)
    return fail('nothing_to_apply', 'Everything was left out, so there is nothing to apply.', {
      hint: 'Take something in again, or discard the result.',
    });
  const date = await git.run(place, ['log', '-1', '--format=%ct', head]);
  if (!date.ok) return date;
  const at = `@${date.value.text()} +0000`;
  const made = await git.run(place, ['commit-tree', '-p', base, '-F', '-', tree.value], {
    input: `Part of: ${titleOf(input)}\n\n${leftOutWords(leftOut)}\n`,
    env: { ...HOMER, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
  });
  return made.ok ? ok(made.value.text()) : made;
}

function changed(): Refusal {
  return fail('stale_result', 'What was left out is not part of this result any more.', {
    hint: 'Look at the changes again, then choose anew.',
  });
}

/** For the history: how much of the result is not in it. */
export function leftOutWords({ files }: LeftOut): string {
  const hunks = files.reduce((sum, file) => sum + (file.hunks?.length ?? 0), 0);
  const whole = files.filter((file) => file.hunks === undefined).length;
  const count = (number: number, one: string): string => `${String(number)} ${one}${number === 1 ? '' : 's'}`;
  const parts = [...(whole > 0 ? [count(whole, 'file')] : []), ...(hunks > 0 ? [count(hunks, 'hunk')] : [])];
  return `Its owner left out ${parts.join(' and ')} of the result.`;
}

/** The file as the base has it. */
function wholeOut({ path, oldPath, change, oldMode, oldBlob }: RawRecord): string[] {
  if (change === 'added') return [`${NO_FILE}\t${path}`];
  const old = `${oldMode} ${oldBlob}\t${oldPath ?? path}`;
  return oldPath === null ? [old] : [`${NO_FILE}\t${path}`, old];
}

async function hunksOut(
  git: Git,
  repository: Repository,
  input: { base: string; head: string; record: RawRecord; hunks: readonly HunkPlace[] },
): Promise<Result<string[]>> {
  const { record, hunks, base, head } = input;
  const { path, oldPath } = record;
  const { place } = repository;
  const shown = await git.run(
    place,
    [
      'diff',
      '--patch',
      '-M',
      '--ignore-submodules=none',
      base,
      head,
      '--',
      ...(oldPath === null ? [] : [oldPath]),
      path,
    ],
    { maxBytes: 4 * BLOB_BYTES },
  );
  if (!shown.ok) return shown;
  const ranges = hunkRanges(shown.value.text());
  const named = (range: HunkPlace): boolean =>
    hunks.some((hunk) => hunk.oldStart === range.oldStart && hunk.newStart === range.newStart);
  if (record.typeChange || ranges.filter(named).length !== hunks.length) return changed();
  // A new file is one hunk, and so is one that went: there the whole file is meant.
  if (record.change === 'added' || record.change === 'deleted') return ok(wholeOut(record));
  const before = await readBlob(git, place, record.oldBlob);
  if (!before.ok) return before;
  const after = await readBlob(git, place, record.newBlob);
  if (!after.ok) return after;
  const all = keepHunks(before.value, after.value, ranges, () => true);
  if (!Buffer.from(all).equals(after.value))
    return fail(
      'cannot_leave_out',
      `Parts of ${path} cannot be left out: git shows it in another form than it keeps it.`,
      {
        hint: 'Leave out the whole file, or send the result back.',
      },
    );
  const written = await git.run(place, ['hash-object', '-w', '--stdin'], {
    input: keepHunks(before.value, after.value, ranges, (range) => !named(range)),
  });
  return written.ok ? ok([`${record.newMode} ${written.value.text()}\t${path}`]) : written;
}

async function readBlob(git: Git, place: GitPlace, blob: string): Promise<Result<Uint8Array>> {
  const read = await git.run(place, ['cat-file', 'blob', blob], { maxBytes: BLOB_BYTES });
  return read.ok ? ok(read.value.bytes) : read;
}

/** The tree of a commit with these entries in place of its own. */
async function treeWith(
  git: Git,
  repository: Repository,
  commit: string,
  entries: readonly string[],
): Promise<Result<string>> {
  const index = join(repository.commonDir, `homer-leave-out-${randomUUID()}`);
  const place: GitPlace = { ...repository.place, index };
  try {
    const read = await git.run(place, ['read-tree', commit]);
    if (!read.ok) return read;
    // What goes, goes first: a file may have made way for a folder of its name.
    const ordered = [...entries].sort((a, b) => Number(b.startsWith('0 ')) - Number(a.startsWith('0 ')));
    const updated = await git.run(place, ['update-index', '-z', '--index-info'], {
      input: ordered.map((entry) => `${entry}\0`).join(''),
    });
    if (!updated.ok)
      return fail(
        'cannot_leave_out',
        'What is left does not fit together: a file and a folder would have one name.',
        {
          hint: 'Leave out more of it, or send the result back.',
        },
      );
    const written = await git.run(place, ['write-tree']);
    return written.ok ? ok(written.value.text()) : written;
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}
