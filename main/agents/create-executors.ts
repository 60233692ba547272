import { AUTO } from '../domain/run/task-type.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { createClaudeExecutor } from './claude/claude-executor.ts';
import { createCodexExecutor } from './codex/codex-executor.ts';
import { loadDeclaredAgents } from './declared/load-agents.ts';
import { createGeminiExecutor } from './gemini/gemini-executor.ts';
import { createLocalExecutor } from './local/local-executor.ts';
import { createKimiExecutor } from './kimi/kimi-executor.ts';
import type { Launch } from './node-program.ts';
import { createOpencodeExecutor } from './opencode/opencode-executor.ts';
import { createExecutorRegistry, type ExecutorRegistry } from './registry.ts';
import { createShellExecutor } from './shell/shell-executor.ts';

/** Every executor of this host, in the order they are offered: those of this version, then those the owner declares in `folder`. */
export function createExecutors(options: {
  /** The host's environment, for finding programs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly folder: string;
  /** How the driver of turns is started; null where nothing here runs it, and then nothing is asked. */
  readonly driver: () => Launch | null;
  readonly local: Omit<Parameters<typeof createLocalExecutor>[0], 'env' | 'clock'>;
}): ExecutorRegistry {
  const coded = [
    createShellExecutor(),
    createClaudeExecutor(options),
    createCodexExecutor(options),
    createGeminiExecutor(options),
    createOpencodeExecutor(options),
    createKimiExecutor(options),
    createLocalExecutor({ ...options, ...options.local }),
  ];
  return createExecutorRegistry([
    ...coded,
    ...loadDeclaredAgents({ ...options, taken: [AUTO, ...coded.map(({ name }) => name)] }),
  ]);
}
