import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadApiToken, replaceApiToken } from '../headless/access/api-token.ts';
import { createCli } from '../headless/cli/create-cli.ts';
import { createDirectConnection } from '../headless/client/direct-connection.ts';
import type { Connection } from '../headless/client/connection.ts';
import { createSocketClient } from '../headless/client/socket-client.ts';
import { findSocketPath } from '../headless/socket/socket-path.ts';
import { createSystemClock } from '../shared/clock.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { exportData, importData } from './export-import.ts';
import { createFileLog } from './file-log.ts';
import { dataFolder, findInstallation, readVersion } from './folders.ts';
import { openBrowser } from './open-browser.ts';
import { readLog } from './read-log.ts';
import { restore } from './restore.ts';
import { runDemo } from './run-demo.ts';
import { serve } from './serve.ts';
import { sessionKeepers } from './session-keepers.ts';
import { startRuntime } from './start-runtime.ts';

/** The `homer` command: parses one command line, carries it out, and ends the process with its exit code. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const clock = createSystemClock();
  const installation = findInstallation();
  const version = readVersion(installation);
  const { env } = process;
  const interrupted = new AbortController();
  let interrupts = 0;
  const interrupt = (): void => {
    interrupts += 1;
    // A second signal is quick: what is open is settled at the next start.
    if (interrupts > 1) process.exit(130);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const folder = (chosen: string | undefined): string =>
    dataFolder({ ...env, ...(chosen ? { HOMER_DATA: chosen } : {}) });

  const cli = createCli({
    version,
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env,
    clock,
    signal: interrupted.signal,
    connect: async ({ dataDir, existing }) => connect(folder(dataDir), existing),
    serve: (request) =>
      serve({ ...request, dataDir: folder(request.dataDir) }, { env, clock, installation, version }),
    demo: async ({ dataDir, signal, progress }) => {
      const own = dataDir === undefined;
      const place = dataDir ?? mkdtempSync(join(tmpdir(), 'homer-demo-'));
      try {
        return await runDemo({ dataDir: place, env, clock, installation, version, signal, progress });
      } finally {
        if (own) rmSync(place, { recursive: true, force: true });
      }
    },
    restore: (request) =>
      restore({ ...request, dataDir: folder(request.dataDir) }, { env, clock, installation, version }),
    exportData: ({ dataDir, file }) =>
      exportData({ dataDir: folder(dataDir), to: file === null ? { out: writeOut } : { file } }),
    importData: ({ dataDir, file }) =>
      importData({ dataDir: folder(dataDir), file }, { clock, installation }),
    apiToken: ({ dataDir, renew }) => {
      const path = join(folder(dataDir), 'api-token');
      return renew ? replaceApiToken(path) : loadApiToken(path);
    },
    readLog: (request) => readLog({ ...request, dataDir: folder(request.dataDir), clock }),
    openBrowser: (url) => openBrowser(url, env),
  });
  process.exitCode = await cli.run(argv);
  process.off('SIGINT', interrupt);
  process.off('SIGTERM', interrupt);

  /** The running instance when one answers; else a runtime of this process, which holds the lock until the command ends. */
  async function connect(dataDir: string, existing: boolean): Promise<Result<Connection>> {
    const scope = createScope('command');
    const running = createSocketClient({ path: findSocketPath(dataDir), clock, scope });
    const health = await running.call('health.get', {});
    // In safe mode it answers next to nothing, but it is the one that holds the data folder.
    if (health.ok || health.error.tag === 'safe_mode') return ok({ ...running, close: () => scope.close() });
    if (existing) {
      await scope.close();
      return fail('unreachable', 'No Homer is running with this data folder.', {
        hint: 'Start one with `npm start` or `homer serve`.',
      });
    }
    const log = createFileLog({ dataDir, clock, minimum: 'warn' });
    const started = await startRuntime({
      host: 'cli',
      version,
      dataDir,
      installation,
      env,
      clock,
      log,
      scope,
      keepers: sessionKeepers({ clock, scope }),
    });
    if (!started.ok) {
      await scope.close();
      return started;
    }
    const runtime = started.value;
    const direct = createDirectConnection({
      dispatch: runtime.dispatch,
      live: runtime.live,
      close: async () => {
        await runtime.settled();
        await scope.close();
      },
    });
    return ok({
      ...direct,
      // Whoever watches wants the work done: from here on this process claims it.
      live: (after, receive) => {
        runtime.work();
        return direct.live(after, receive);
      },
    });
  }
}

/** Writes to standard output and waits until it has taken it. */
function writeOut(piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
