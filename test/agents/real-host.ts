import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../main/domain/run/run.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LIMIT_MS = 90_000;

/** A headless host in a process of its own, over its HTTP door. */
export interface Host {
  call<T>(name: string, input: unknown): Promise<T>;
  /** The run once it is in one of these states; throws when it ends in another. */
  until(runId: string, statuses: readonly Run['status'][]): Promise<Run>;
  stop(): Promise<void>;
  /** As a crash would end it. */
  kill(): Promise<void>;
}

export async function startHost(dataDir: string, env: Record<string, string>): Promise<Host> {
  const args = ['main/homer.ts', 'serve', '--no-open', '--port', '0', '--json', '--data', dataDir];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await addressOf(child);
  const token = readFileSync(join(dataDir, 'api-token'), 'utf8').trim();
  const call = async <T>(name: string, input: unknown): Promise<T> => {
    const response = await fetch(new URL(`/api/${name}`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(input),
    });
    const reply = (await response.json()) as { ok: boolean; value: T; error?: { message: string } };
    if (!reply.ok) throw new Error(`${name}: ${reply.error?.message ?? String(response.status)}`);
    return reply.value;
  };
  return {
    call,
    async until(runId, statuses) {
      const end = performance.now() + LIMIT_MS;
      for (;;) {
        const { run } = await call<{ run: Run }>('run.get', { id: runId });
        if (statuses.includes(run.status)) return run;
        if (run.endedAt !== null) throw new Error(`the run is ${run.status}: ${run.error ?? ''}`);
        if (performance.now() > end) throw new Error(`the run is still ${run.status}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (bytes: Buffer): void => {
      said += bytes.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the host ended with ${String(code)}: ${said}`)));
  });
}
