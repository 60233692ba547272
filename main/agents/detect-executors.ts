import type { Scope } from '../shared/scope.ts';
import type { DetectionRoom, Executor, ExecutorGuide, ExecutorInfo } from './executor.ts';
import { childEnvironment } from './process/child-environment.ts';
import { findProgram } from './process/find-program.ts';
import type { RunCommand } from './process/run-command.ts';
import type { ExecutorRegistry } from './registry.ts';
import { versionIn } from './version-range.ts';

/** Agent programs Homer knows by name. One with an executor in the registry is described by that instead. */
const KNOWN = [
  { name: 'claude', label: 'Claude Code' },
  { name: 'codex', label: 'Codex' },
  { name: 'gemini', label: 'Gemini CLI' },
  { name: 'kimi', label: 'Kimi' },
  { name: 'opencode', label: 'opencode' },
  { name: 'ollama', label: 'Ollama' },
] as const;

const NO_GUIDE: ExecutorGuide = { install: '', signIn: '', tested: null, file: null };
const TIME_LIMIT_MS = 5_000;

interface DetectOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executors: ExecutorRegistry;
  readonly run: RunCommand;
  readonly scope: Scope;
  /** A folder that exists; programs are started there. */
  readonly cwd: string;
  readonly timeLimitMs?: number;
}

/**
 * The executors of the registry, then the known programs Homer finds on the PATH of `env` but cannot work with in this version.
 * Each is asked for its version without a shell, all at once, none longer than five seconds.
 */
export async function detectExecutors(options: DetectOptions): Promise<(ExecutorInfo & ExecutorGuide)[]> {
  const own = options.executors.list();
  const others = KNOWN.filter((known) => !own.some((executor) => executor.name === known.name));
  const askAs = createAsk(options);
  return Promise.all([
    ...own.map(async (executor) => ({
      ...NO_GUIDE,
      ...executor.guide,
      ...(await executor.detect({
        env: options.env,
        ask: askAs(executor.name, [...executor.passEnv, ...executor.signInEnv]),
      })),
    })),
    ...others.map(async (known): Promise<ExecutorInfo & ExecutorGuide> => {
      const unusable = { ...NO_GUIDE, ...known, usable: false, signedIn: 'unknown' } as const;
      const path = findProgram(known.name, options.env['PATH']) ?? null;
      if (path === null)
        return { ...unusable, found: false, path, version: null, note: 'Not found on PATH.' };
      const answer = await askAs(known.name, [])(path, ['--version']);
      const answered = answer?.exitCode === 0;
      return {
        ...unusable,
        found: true,
        path,
        version: answered ? versionIn(answer.output) : null,
        note: answered
          ? 'Found; this version of Homer cannot run work with it yet.'
          : 'Found, but it did not tell its version.',
      };
    }),
  ]);
}

/** One executor of the registry, looked for in the same way. */
export function detectExecutor(options: DetectOptions, executor: Executor): Promise<ExecutorInfo> {
  const allow = [...executor.passEnv, ...executor.signInEnv];
  return executor.detect({ env: options.env, ask: createAsk(options)(executor.name, allow) });
}

/** What asks a program something as an executor would start it. */
export function createAsk(
  options: Omit<DetectOptions, 'executors'>,
): (name: string, allow: readonly string[]) => DetectionRoom['ask'] {
  return (name, allow) => {
    let asked = 0;
    return async (program, args, more = {}) => {
      asked += 1;
      const answer = await options.run({
        command: [program, ...args],
        cwd: options.cwd,
        timeoutMs: options.timeLimitMs ?? TIME_LIMIT_MS,
        env: childEnvironment(options.env, allow, more.env ?? {}),
        tag: `detect:${name}:${String(process.pid)}:${String(asked)}`,
        scope: options.scope,
        outputLimit: more.outputLimit ?? 16_384,
        graceMs: 200,
      });
      if (!answer.ok || answer.value.exitCode === null) return null;
      return { exitCode: answer.value.exitCode, output: answer.value.output };
    };
  };
}
