import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { InputOf, OperationName, OutputOf } from '../../preload/contract/operations.ts';

/** A doomed host as its driver sees it. */
export interface HostHandle {
  /** Resolves with how starting went; `dead` when it was killed before. */
  readonly started: Promise<'ready' | 'dead' | { refused: string }>;
  readonly pid: number;
  readonly dead: Promise<void>;
  readonly isDead: () => boolean;
  /** Warnings and errors it logged. */
  readonly logged: readonly string[];
  /** The answer when it was acknowledged; `dead` when the host was killed first; `refused` with the tag, and why, when it said no. */
  ask<N extends OperationName>(
    name: N,
    input: InputOf<N>,
  ): Promise<{ value: OutputOf<N> } | { refused: string; why: string } | 'dead'>;
  kill(): void;
  /** Orderly: closes its input and waits. */
  close(): Promise<void>;
}

const HOST = new URL('doomed-host.ts', import.meta.url).pathname;

export function startHost(dataDir: string, point: string, env: Record<string, string>): HostHandle {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOST, dataDir, point], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const logged: string[] = [];
  let isDead = false;
  const waiting = new Map<number, (reply: unknown) => void>();
  const start = Promise.withResolvers<'ready' | 'dead' | { refused: string }>();
  const dead = new Promise<void>((resolve) => {
    child.once('close', () => {
      isDead = true;
      start.resolve('dead');
      for (const tell of waiting.values()) tell('dead');
      resolve();
    });
  });
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk: Buffer) => logged.push(`stderr: ${chunk.toString()}`));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as {
      id?: number;
      reply?: unknown;
      ready?: true;
      refused?: string;
      log?: string;
    };
    if (said.log !== undefined) logged.push(said.log);
    if (said.ready) start.resolve('ready');
    if (said.refused !== undefined) start.resolve({ refused: said.refused });
    if (said.id !== undefined) {
      waiting.get(said.id)?.(said.reply);
      waiting.delete(said.id);
    }
  });
  let last = 0;
  return {
    pid: child.pid ?? 0,
    started: start.promise,
    dead,
    isDead: () => isDead,
    logged,
    async ask(name, input) {
      if (isDead) return 'dead';
      const id = (last += 1);
      const reply = await new Promise<unknown>((resolve) => {
        waiting.set(id, resolve);
        child.stdin.write(JSON.stringify({ id, name, input }) + '\n');
      });
      if (reply === 'dead') return 'dead';
      const answered = reply as
        | { ok: true; value: never }
        | { ok: false; error: { tag: string; message: string; details?: unknown } };
      if (answered.ok) return { value: answered.value };
      const { tag, message, details } = answered.error;
      return { refused: tag, why: `${message} ${JSON.stringify(details ?? {})}` };
    },
    kill: () => void child.kill('SIGKILL'),
    async close() {
      child.stdin.end();
      await dead;
    },
  };
}
