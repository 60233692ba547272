import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';

const root = path.join(import.meta.dirname, '..', '..');
const program = path.join(root, 'out', 'main', 'homer.js');

/** The built headless host on a data folder of its own, as `homer serve` starts it. */
export interface RealHost {
  readonly dataDir: string;
  /** Address of the dashboard, without a token. */
  readonly home: () => string;
  /** Opens the dashboard by a fresh one-time address. */
  readonly signIn: (page: Page) => Promise<void>;
  /** One call over HTTP with the API token. */
  readonly call: <T>(name: string, input: unknown) => Promise<T>;
  /** Ends the host as a crash would. */
  readonly kill: () => Promise<void>;
  /** Ends it in order, and keeps its data. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port. */
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function startRealHost(more: Record<string, string> = {}): Promise<RealHost> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'homer-e2e-'));
  const env = { ...process.env, HOMER_DATA: dataDir, ...more };
  let child: ChildProcess | undefined;
  let port = '0';

  const start = async (): Promise<void> => {
    const served = spawn(process.execPath, [program, 'serve', '--no-open', '--port', port, '--json'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = served;
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      const read = (bytes: Buffer): void => {
        said += bytes.toString('utf8');
        const url = /http:\/\/[^\s"]+/.exec(said)?.[0];
        if (url !== undefined) resolve(url);
      };
      served.stdout.on('data', read);
      served.stderr.on('data', read);
      served.once('exit', (code) => {
        reject(new Error(`the host ended with ${String(code)}: ${said}`));
      });
    });
    port = new URL(address).port;
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    await new Promise((resolve) => {
      ending.once('exit', resolve);
      ending.kill(signal);
    });
  };
  const home = (): string => `http://127.0.0.1:${port}/`;
  await start();
  return {
    dataDir,
    home,
    async signIn(page) {
      const said = spawnSync(process.execPath, [program, 'open', '--print'], { env, encoding: 'utf8' });
      await page.goto(said.stdout.trim());
    },
    async call<T>(name: string, input: unknown) {
      const token = readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim();
      const response = await fetch(new URL(`api/${name}`, home()), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      });
      const reply = (await response.json()) as { ok: boolean; value: T; error?: { message: string } };
      if (!reply.ok) throw new Error(`${name}: ${reply.error?.message ?? String(response.status)}`);
      return reply.value;
    },
    kill: () => stop('SIGKILL'),
    stop: () => stop('SIGTERM'),
    start,
    async end() {
      await stop('SIGTERM');
      if (existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
