import { delimiter, isAbsolute } from 'node:path';

/**
 * What keeps a repository from making Homer's own git run a program. Three layers:
 *
 * 1. the environment is built from an allow-list, so no GIT_*, LD_* or pager setting leaks in, and transports are all refused;
 * 2. fixed settings below beat every file, because the environment is read after them;
 * 3. settings with a name of the repository's choosing (`filter.<name>.clean`) are found by asking git itself in the very place
 *    the command will run, included files too, and each is overridden by name.
 *
 * Settings travel as GIT_CONFIG_KEY_n/VALUE_n and not as `-c name=value`, which a driver named `a=b` would slip through.
 */
export type Setting = readonly [name: string, value: string];

const NOTHING = process.platform === 'win32' ? 'NUL' : '/dev/null';

export const FIXED_SETTINGS: readonly Setting[] = [
  ['core.hooksPath', NOTHING],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.attributesFile', NOTHING],
  ['core.editor', 'true'],
  ['sequence.editor', 'true'],
  ['core.pager', 'cat'],
  ['core.askPass', ''],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', ''],
  ['core.alternateRefsCommand', ''],
  ['credential.helper', ''],
  ['diff.external', ''],
  ['diff.orderFile', NOTHING],
  ['diff.submodule', 'short'],
  ['diff.ignoreSubmodules', 'all'],
  ['diff.noprefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
  ['status.submoduleSummary', 'false'],
  ['submodule.recurse', 'false'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['log.showSignature', 'false'],
  ['merge.verifySignatures', 'false'],
  ['merge.autoStash', 'false'],
  ['merge.renormalize', 'false'],
  ['merge.conflictStyle', 'merge'],
  ['rerere.enabled', 'false'],
  ['protocol.allow', 'never'],
  ['protocol.ext.allow', 'never'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // A repository may not make git overlook a change: stat data is compared in full, nothing is assumed unchanged.
  ['core.trustctime', 'true'],
  ['core.checkStat', 'default'],
  ['core.ignoreStat', 'false'],
  ['core.sparseCheckout', 'false'],
  ['core.splitIndex', 'false'],
  ['index.sparse', 'false'],
  // Names that another file system would read as `.git` are refused on every system.
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['core.quotePath', 'false'],
  ['color.ui', 'false'],
  ['i18n.commitEncoding', 'UTF-8'],
  ['i18n.logOutputEncoding', 'UTF-8'],
];

/**
 * Overrides for the settings named in `git config --list --name-only`. An empty filter passes contents through unchanged. A merge
 * driver must not be empty: git would take that for success and silently keep one side; `false` makes it an honest conflict.
 */
export function overridesFor(names: readonly string[]): Setting[] {
  const settings = new Map<string, string>();
  for (const name of names) {
    const first = name.indexOf('.');
    const last = name.lastIndexOf('.');
    if (last <= first) continue;
    const section = name.slice(0, first).toLowerCase();
    const driver = name.slice(first + 1, last);
    const set = (key: string, value: string): void => {
      settings.set(`${section}.${driver}.${key}`, value);
    };
    if (section === 'filter') {
      for (const key of ['clean', 'smudge', 'process']) set(key, '');
      set('required', 'false');
    } else if (section === 'merge') {
      set('driver', 'false');
    } else if (section === 'hook') {
      set('enabled', 'false');
    } else if (section === 'gpg') {
      set('program', 'false');
    } else if (section === 'credential') {
      set('helper', '');
    } else if (section === 'remote' && /\.(vcs|uploadpack|receivepack)$/iu.test(name)) {
      settings.set(name, 'false');
    }
  }
  return [...settings];
}

/**
 * Commands that read no working file and move no branch: no driver or hook can take part, so asking for driver names is spared.
 * `diff-tree` and `log` are among them because the arguments below keep programs out. `write-tree` is not: it may write the index
 * anew, and then reads, through filters, files whose times tell nothing.
 */
const PLAIN_COMMANDS: ReadonlySet<string> = new Set([
  'cat-file',
  'check-attr',
  'commit-tree',
  'config',
  'diff-tree',
  'for-each-ref',
  'log',
  'ls-files',
  'ls-tree',
  'merge-base',
  'rev-list',
  'rev-parse',
  'version',
]);
export function isPlainCommand(args: readonly string[]): boolean {
  return PLAIN_COMMANDS.has(args[0] ?? '');
}

const DIFFING: ReadonlySet<string> = new Set([
  'diff',
  'diff-files',
  'diff-index',
  'diff-tree',
  'log',
  'show',
]);
/** The command line as run: diffs never use an external program or a text conversion. */
export function hardenedArguments(args: readonly string[], { keepIndex = false } = {}): string[] {
  const [command = '', ...rest] = args;
  const guards = DIFFING.has(command) ? ['--no-ext-diff', '--no-textconv'] : [];
  const locks = keepIndex ? [] : ['--no-optional-locks'];
  return ['--no-pager', ...locks, '--literal-pathspecs', command, ...guards, ...rest];
}

const KEPT = [
  'HOME',
  'XDG_CONFIG_HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute folders of PATH: a relative one would be looked up in the worktree. */
export function searchPath(env: Environment): string[] {
  return (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

export function hardenedEnvironment(env: Environment, settings: readonly Setting[]): Record<string, string> {
  const result: Record<string, string> = {
    PATH: searchPath(env).join(delimiter),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  for (const name of KEPT) {
    const value = env[name];
    if (value !== undefined) result[name] = value;
  }
  settings.forEach(([name, value], index) => {
    result[`GIT_CONFIG_KEY_${String(index)}`] = name;
    result[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  });
  return result;
}
