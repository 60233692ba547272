import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import type { Result } from '../shared/result.ts';
import { readHead } from './before-turn.ts';
import type { BeforeTurn } from './before-turn.ts';
import type { Git, GitOutput } from './git.ts';
import type { Repository } from './repository.ts';
import { movedRefs, readSharedRefs } from './shared-refs.ts';
import type { MovedRef, SharedRefs } from './shared-refs.ts';
import { ignoreMissing, WORKSPACE_FOLDER } from './workspace-paths.ts';
import type { RunPlace } from './workspace-paths.ts';

/** Something outside of the worktree that is not as it was, and what is wrong with that, in words for people. */
export interface Finding {
  readonly path: string;
  readonly rule: string;
}

export interface OutsideChanges {
  /** What nobody but the run can have done, or what nobody should do while it works. */
  readonly violations: readonly Finding[];
  /** What the owner may just as well have done: told, held against nobody. */
  readonly notices: readonly Finding[];
}

const MOST_NOTICES = 50;
const LOOKS = 20;
const LOOK_MS = 50;

/** What changed during a turn in the shared repository and in the owner's own checkout. */
export async function outsideChanges(
  git: Git,
  input: {
    repository: Repository;
    run: RunPlace;
    before: BeforeTurn;
    commit: string;
    since: number;
    /** What `OWNERS_STATUS` gave in the project's own folder. */
    owners: GitOutput;
  },
): Promise<Result<OutsideChanges>> {
  const { repository, before } = input;
  const violations: Finding[] = [];
  const notices: Finding[] = [];
  const { refs, ...now } = await readSettled(git, repository, before);
  // Git writes down in the log of a checkout whatever it does to it from there; a file written by hand leaves none.
  if (now.head !== before.head) {
    if (before.headLog !== null && now.headLog === before.headLog)
      violations.push({
        path: '.git/HEAD',
        rule: 'the checked-out branch was changed behind the back of git',
      });
    else notices.push({ path: '.git/HEAD', rule: 'another branch was checked out during the turn' });
  }
  for (const moved of movedRefs(before.refs, refs)) {
    const rule = await refRule(git, { ...input, moved, now });
    if (!rule.ok) return rule;
    if (rule.value !== null) violations.push({ path: moved.name, rule: rule.value });
    else notices.push({ path: moved.name, rule: wordsFor(moved) });
  }
  for (const path of await ownersFiles(repository, input.owners, input.since))
    notices.push({ path, rule: "changed in the project's own folder during the turn" });
  return ok({ violations, notices: notices.slice(0, MOST_NOTICES) });
}

/**
 * The checkout and the references as they stand when nobody is moving the checked-out branch: git writes the branch, its log and the log
 * of the checkout one after the other, and another run may be applied just now. What still disagrees after a second was not git in
 * the project's own folder.
 */
async function readSettled(
  git: Git,
  repository: Repository,
  before: BeforeTurn,
): Promise<{ head: string; headLog: string | null; refs: SharedRefs }> {
  const scope = createScope('look at references');
  try {
    for (let look = 1; ; look += 1) {
      const first = await readHead(repository);
      const refs = await readSharedRefs(repository);
      const now = await readHead(repository);
      const branch = now.head.replace(/^ref: /u, '');
      const stands = refs[branch];
      const agrees =
        first.head === now.head &&
        first.headLog === now.headLog &&
        (stands === before.refs[branch] || now.headLog === null || now.headLog.split(' ')[1] === stands);
      if (agrees || look === LOOKS) return { ...now, refs };
      await git.clock.sleep(scope, LOOK_MS);
    }
  } finally {
    await scope.close();
  }
}

function wordsFor({ from, to }: MovedRef): string {
  if (from === '') return 'was made during the turn';
  if (to === '') return `was deleted during the turn; it stood at ${from}`;
  return `moved during the turn from ${from} to ${to}`;
}

/** The rule that a moved reference breaks; null when its owner may have moved it. */
async function refRule(
  git: Git,
  input: {
    repository: Repository;
    run: RunPlace;
    commit: string;
    moved: MovedRef;
    now: { readonly head: string; readonly headLog: string | null };
  },
): Promise<Result<string | null>> {
  const { run, moved } = input;
  if (moved.name.startsWith('refs/replace/')) return ok('makes git read another object in place of one');
  const { head, headLog } = input.now;
  if (head === `ref: ${moved.name}` && headLog !== null && headLog.split(' ')[1] !== moved.to)
    return ok('the checked-out branch was moved from outside of its own folder');
  if (moved.from === '' || moved.to === '') return ok(null);
  if (!/^[0-9a-f]{40,64}$/u.test(moved.to)) return ok('is not a plain reference any more');
  const isBelow = async (tip: string): Promise<Result<boolean>> => {
    const asked = await git.run(run.place, ['merge-base', '--is-ancestor', moved.to, tip], {
      accept: [0, 1, 128],
    });
    return asked.ok ? ok(asked.value.exitCode === 0) : asked;
  };
  const own = await isBelow('HEAD');
  if (!own.ok || !own.value) return own.ok ? ok(null) : own;
  const older = await isBelow(input.commit);
  if (!older.ok) return older;
  return ok(older.value ? null : 'was pointed at work of the run that nobody has judged');
}

/** Tells the uncommitted files of the owner's checkout. */
export const OWNERS_STATUS: readonly string[] = [
  'status',
  '--porcelain=v1',
  '-z',
  '--no-renames',
  '--untracked-files=all',
  '--ignore-submodules=all',
];

/** Those of them that changed since; of a deleted one its folder tells. */
async function ownersFiles(repository: Repository, status: GitOutput, since: number): Promise<string[]> {
  const changed: string[] = [];
  for (const field of status.fields()) {
    const path = field.slice(3);
    if (path === WORKSPACE_FOLDER || path.startsWith(`${WORKSPACE_FOLDER}/`)) continue;
    if (changed.length >= MOST_NOTICES) break;
    const file = join(repository.top, path);
    const found =
      (await lstat(file).catch(ignoreMissing)) ?? (await lstat(dirname(file)).catch(ignoreMissing));
    if (found && found.ctimeMs >= since) changed.push(path);
  }
  return changed;
}
