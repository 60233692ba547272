import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { gitFailure } from './git-failure.ts';
import {
  FIXED_SETTINGS,
  hardenedArguments,
  hardenedEnvironment,
  isPlainCommand,
  searchPath,
} from './git-hardening.ts';
import type { Setting } from './git-hardening.ts';
import { createRemembered } from './remembered.ts';
import type { Remembered } from './remembered.ts';
import { createSettingNames } from './setting-names.ts';
import { createStepShells } from './step-shell.ts';
import type { StepShells } from './step-shell.ts';

/**
 * Where a command works. With `gitDir` given, git looks for nothing: neither a `.git` file that was swapped nor a repository
 * nested in a worktree can lead it elsewhere. Only `folder`: git finds the repository from there.
 */
export interface GitPlace {
  readonly folder: string;
  readonly gitDir?: string;
  readonly commonDir?: string;
  readonly workTree?: string;
  readonly index?: string;
}

export interface GitOutput {
  readonly exitCode: number;
  readonly bytes: Uint8Array;
  readonly stderr: string;
  /** The output as text, without the newline at its end. */
  text(): string;
  /** The output of a `-z` command. */
  fields(): string[];
}

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Exit codes that are answers; 0 alone when not given. */
  readonly accept?: readonly number[];
  readonly timeLimitMs?: number;
  readonly maxBytes?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Lets a reading command write down in the index of `place` which files it found unchanged. */
  readonly keepIndex?: boolean;
}

export interface Git {
  readonly clock: Clock;
  readonly log: Log;
  /** Answers that hold while the files they came from stay as they are. */
  readonly remembered: Remembered;
  /** Homer's own indexes as this process left them: path to what it knows. Lost with the process, so never taken from disk. */
  readonly ownIndexes: Map<string, OwnIndex>;
  /** Closes when the host does: what runs is to be ended with it. */
  readonly scope: Scope | undefined;
  run(place: GitPlace, args: readonly string[], options?: GitOptions): Promise<Result<GitOutput>>;
  /** For `gitSteps`. */
  readonly shells: StepShells;
  /** What `run` would start: for `gitSteps`, which starts it by another hand. */
  prepare(
    place: GitPlace,
    args: readonly string[],
    options?: Pick<GitOptions, 'keepIndex' | 'env'>,
  ): Promise<Result<GitCommand>>;
}

export interface GitCommand {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

export interface OwnIndex {
  readonly commit: string;
  readonly digest: string;
}

const TIME_LIMIT_MS = 120_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Runs git without a shell and without letting the repository have a say in what runs (see `git-hardening.ts`). Nothing is tried
 * twice: a lock held by somebody else is reported as `repository_locked`. When `scope` closes, running commands are ended
 * politely, so that git removes its lock files.
 */
export function createGit(options: {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  log: Log;
  scope?: Scope;
}): Git {
  const { env, clock, log, scope } = options;
  const remembered = createRemembered(clock);
  const settingNames = createSettingNames(remembered, env);
  let program: Promise<string | undefined> | undefined;

  /** Looked up once, as an absolute path, so that nothing planted later is taken for git. */
  const findProgram = async (): Promise<string | undefined> => {
    const name = process.platform === 'win32' ? 'git.exe' : 'git';
    for (const folder of searchPath(env)) {
      const candidate = join(folder, name);
      const usable = await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (usable) return candidate;
    }
    return undefined;
  };

  const commandOf = (
    file: string,
    place: GitPlace,
    args: readonly string[],
    settings: readonly Setting[],
    { keepIndex = false, env: extra }: Pick<GitOptions, 'keepIndex' | 'env'>,
  ): GitCommand => ({
    file,
    args: hardenedArguments(args, { keepIndex }),
    env: {
      ...hardenedEnvironment(env, settings),
      ...(keepIndex ? { GIT_OPTIONAL_LOCKS: '1' } : {}),
      ...placeEnvironment(place),
      ...extra,
    },
  });

  const spawn = async (
    { file, args: all, env: whole }: GitCommand,
    place: GitPlace,
    args: readonly string[],
    options: GitOptions,
  ): Promise<Result<GitOutput>> => {
    const { input, accept = [0], timeLimitMs = TIME_LIMIT_MS, maxBytes = MAX_BYTES } = options;
    const command = args[0] ?? '';
    const began = clock.monotonic();
    const stopping = new AbortController();
    const running = execa(file, all, {
      cwd: place.folder,
      env: whole,
      extendEnv: false,
      encoding: 'buffer',
      reject: false,
      stripFinalNewline: false,
      timeout: timeLimitMs,
      maxBuffer: maxBytes,
      windowsHide: true,
      cancelSignal: stopping.signal,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    });
    const forget = scope?.add(`git ${command}`, async () => {
      stopping.abort();
      await running;
    });
    const ended = await running;
    void forget?.();
    const durationMs = Math.round(clock.monotonic() - began);
    log.debug('git', { command, exitCode: ended.exitCode, durationMs });
    if (ended.timedOut) {
      return fail('git_timeout', `git ${command} did not end within ${String(timeLimitMs / 1000)} s.`, {
        hint: 'Look whether the disk or a network folder hangs, then try again.',
      });
    }
    if (ended.isMaxBuffer) {
      return fail('too_large', `git ${command} gave more output than Homer reads.`, {
        hint: 'Look at it in a terminal instead.',
      });
    }
    if (ended.exitCode === undefined) {
      if (!(await isFolder(place.folder))) return missingFolder(place.folder);
      const how = ended.signal === undefined ? (ended.shortMessage ?? '') : `was ended by ${ended.signal}`;
      return fail('git_failed', `git ${command} ${how || 'did not run'}.`, {
        hint: 'Try again; if it happens every time, look into the log.',
        details: { command, signal: ended.signal ?? null },
      });
    }
    const stderr = new TextDecoder().decode(ended.stderr);
    if (!accept.includes(ended.exitCode)) return gitFailure(command, ended.exitCode, stderr);
    return ok(gitOutput(ended.exitCode, ended.stdout, stderr));
  };

  const prepare: Git['prepare'] = async (place, args, options = {}) => {
    program ??= findProgram();
    const file = await program;
    if (file === undefined) {
      program = undefined;
      return fail('git_missing', 'Homer needs git, and there is none on this machine.', {
        hint: 'Install git from https://git-scm.com or your package manager, then try again.',
      });
    }
    if (isPlainCommand(args)) return ok(commandOf(file, place, args, FIXED_SETTINGS, options));
    const overrides = await settingNames(place, async () => {
      const list = ['config', '--list', '--includes', '--name-only', '-z'];
      const named = await spawn(commandOf(file, place, list, FIXED_SETTINGS, {}), place, list, {});
      return named.ok ? ok(named.value.fields()) : named;
    });
    if (!overrides.ok) return overrides;
    return ok(commandOf(file, place, args, [...FIXED_SETTINGS, ...overrides.value], options));
  };

  return {
    clock,
    log,
    remembered,
    ownIndexes: new Map(),
    scope,
    shells: createStepShells(scope),
    prepare,
    async run(place, args, options = {}) {
      const command = await prepare(place, args, options);
      return command.ok ? spawn(command.value, place, args, options) : command;
    },
  };
}

export function gitOutput(exitCode: number, bytes: Uint8Array, stderr: string): GitOutput {
  const decode = (): string => new TextDecoder().decode(bytes);
  return {
    exitCode,
    bytes,
    stderr,
    text: () => decode().replace(/\n$/u, ''),
    fields: () => decode().split('\0').slice(0, -1),
  };
}

function placeEnvironment(place: GitPlace): Record<string, string> {
  return {
    ...(place.gitDir === undefined ? {} : { GIT_DIR: place.gitDir }),
    ...(place.commonDir === undefined ? {} : { GIT_COMMON_DIR: place.commonDir }),
    ...(place.workTree === undefined ? {} : { GIT_WORK_TREE: place.workTree }),
    ...(place.index === undefined ? {} : { GIT_INDEX_FILE: place.index }),
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function missingFolder(path: string): Result<never> {
  return fail('path_missing', `There is no folder at ${path}.`, {
    hint: 'Check the path; it may have been moved, renamed or unmounted.',
  });
}
