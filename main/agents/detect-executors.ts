import type { Scope } from '../shared/scope.ts';
import type { ExecutorInfo } from './executor.ts';
import { childEnvironment } from './process/child-environment.ts';
import { findProgram } from './process/find-program.ts';
import type { RunCommand } from './process/run-command.ts';
import type { ExecutorRegistry } from './registry.ts';

/** Agent programs Homer knows by name. One with an executor in the registry is described by that instead. */
const KNOWN = [
  { name: 'claude', label: 'Claude Code' },
  { name: 'codex', label: 'Codex' },
  { name: 'gemini', label: 'Gemini CLI' },
  { name: 'kimi', label: 'Kimi' },
  { name: 'opencode', label: 'opencode' },
  { name: 'ollama', label: 'Ollama' },
] as const;

const TIME_LIMIT_MS = 5_000;
const VERSION = /\d+\.\d+(?:\.\d+)?(?:[-+][\w.]+)?/;

/**
 * The executors of the registry, then the known programs Homer finds on the PATH of `env` but cannot work with in this version.
 * Each is asked for its version without a shell, all at once, none longer than five seconds.
 */
export async function detectExecutors(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly executors: ExecutorRegistry;
  readonly run: RunCommand;
  readonly scope: Scope;
  /** A folder that exists; programs are started there. */
  readonly cwd: string;
  readonly timeLimitMs?: number;
}): Promise<ExecutorInfo[]> {
  const own = options.executors.list();
  const others = KNOWN.filter((known) => !own.some((executor) => executor.name === known.name));
  return Promise.all([
    ...own.map((executor) => executor.detect()),
    ...others.map(async (known): Promise<ExecutorInfo> => {
      const path = findProgram(known.name, options.env['PATH']) ?? null;
      if (path === null) {
        return { ...known, usable: false, found: false, path, version: null, note: 'Not found on PATH.' };
      }
      const asked = await options.run({
        command: [path, '--version'],
        cwd: options.cwd,
        timeoutMs: options.timeLimitMs ?? TIME_LIMIT_MS,
        env: childEnvironment(options.env, [], {}),
        tag: `detect:${known.name}:${String(process.pid)}`,
        scope: options.scope,
        outputLimit: 4_096,
        graceMs: 200,
      });
      const answered = asked.ok && asked.value.exitCode === 0;
      const version = answered ? (VERSION.exec(asked.value.output)?.[0] ?? null) : null;
      const note = answered
        ? 'Found; this version of Homer cannot run work with it yet.'
        : 'Found, but it did not tell its version.';
      return { ...known, usable: false, found: true, path, version, note };
    }),
  ]);
}
