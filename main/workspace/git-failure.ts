import { fail } from '../shared/result.ts';
import type { Refusal } from '../shared/result.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly tag: string;
  readonly message: string;
  readonly hint: string;
}

const rules: readonly Rule[] = [
  {
    pattern: /detected dubious ownership/u,
    tag: 'dubious_ownership',
    message: 'The repository belongs to another user, so git refuses to work in it.',
    hint: 'Take ownership of the folder, or add it to safe.directory in your own git configuration.',
  },
  {
    pattern: /not a git repository/u,
    tag: 'not_a_repository',
    message: 'This folder is not in a git repository.',
    hint: 'Choose a folder with a git repository, or run "git init" and make a first commit there.',
  },
  {
    pattern: /must be run in a work tree/u,
    tag: 'bare_repository',
    message: 'This is a bare repository: it has no files to work on.',
    hint: 'Clone it into a folder, and choose that folder.',
  },
  {
    pattern: /but expected|reference already exists/u,
    tag: 'ref_moved',
    message: 'The branch moved while Homer was at work on it.',
    hint: 'Try again.',
  },
  {
    pattern: /\.lock': File exists|unable to lock|cannot lock ref|could not lock/iu,
    tag: 'repository_locked',
    message: 'Another git command is at work in this repository.',
    hint: 'Wait for it to end and try again; if none is running, remove the lock file that git names.',
  },
  {
    pattern: /unrelated histories/u,
    tag: 'unrelated_history',
    message: 'The work and the branch have no commit in common here.',
    hint: 'In a shallow clone, "git fetch --unshallow" brings the history; otherwise the branch was replaced: run it again.',
  },
  {
    pattern:
      /promisor remote|unable to read (?:tree|blob|object)|missing (?:tree|blob|object)|unable to find [0-9a-f]{40}|bad object|Could not read [0-9a-f]{40}|cannot read (?:blob|object)/iu,
    tag: 'objects_missing',
    message: 'Files of the history are not on this machine, and Homer downloads none.',
    hint: 'In a partial or shallow clone, fetch them ("git fetch --refetch --no-filter", "git fetch --unshallow"); otherwise look with "git fsck".',
  },
  {
    pattern: /no space left on device/iu,
    tag: 'disk_full',
    message: 'The disk is full.',
    hint: 'Free some space and try again.',
  },
];

/** Git's own words, shortened: the first line that says what failed. */
function reason(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((text) => /^(fatal|error):/u.test(text)) ?? lines[0] ?? '';
  return line.replace(/^(fatal|error):\s*/u, '').slice(0, 300);
}

/** A failure out of an exit code and what git wrote to stderr. */
export function gitFailure(command: string, exitCode: number, stderr: string): Refusal {
  const details = { command, exitCode, stderr: stderr.slice(0, 4_000) };
  const rule = rules.find(({ pattern }) => pattern.test(stderr));
  const lock = /'([^'\n]+\.lock)'/u.exec(stderr)?.[1];
  if (rule?.tag === 'repository_locked' && lock !== undefined)
    return fail(rule.tag, `Another git command is at work in this repository: it holds ${lock}.`, {
      hint: 'Wait for it to end and try again; if no git runs in this repository, remove that file.',
      details,
    });
  if (rule) return fail(rule.tag, rule.message, { hint: rule.hint, details });
  const said = reason(stderr);
  return fail(
    'git_failed',
    `git ${command} failed${said ? `: ${said}` : ` with exit code ${String(exitCode)}`}.`,
    {
      hint: 'Try the same command in a terminal; "git fsck" tells whether the repository is sound.',
      details,
    },
  );
}
