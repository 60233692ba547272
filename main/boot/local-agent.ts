import { join } from 'node:path';
import type { createLocalExecutor } from '../agents/local/local-executor.ts';
import { loopLaunch } from '../agents/local/loop-launch.ts';
import { listEndpoints } from '../store/account-store.ts';
import { readFlag } from '../store/flag-store.ts';
import type { Store } from '../store/store.ts';

/** What the executor `local` needs of this host: the owner's settings, its program, and a place for its conversations. */
export function localAgent(at: {
  readonly store: Store;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly script: string | null;
}): Omit<Parameters<typeof createLocalExecutor>[0], 'env' | 'clock'> {
  return {
    settings: () =>
      at.store.read((read) => ({
        baseUrl: readFlag(read, 'local.base_url'),
        model: readFlag(read, 'local.model'),
        contextTokens: Number(readFlag(read, 'local.context_tokens')),
        endpoints: listEndpoints(read, 'local'),
      })),
    launch: () => loopLaunch(at.script, at.env),
    sessions: join(at.dataDir, 'conversations'),
  };
}
