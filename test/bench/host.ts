import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { defaultPathPolicy } from '../../main/domain/risk/path-policy.ts';
import { proposalStage } from '../../main/domain/proposal/stage.ts';
import type { Write } from '../../main/store/database.ts';
import { openStore, type Store } from '../../main/store/store.ts';
import { insertProject } from '../../main/store/project-store.ts';
import { insertProposal } from '../../main/store/proposal-store.ts';

export const root = path.join(import.meta.dirname, '..', '..');
export const hostBundle = path.join(root, 'out', 'main', 'homer.js');

/** A folder of this benchmark's own; removed by the returned function. */
export function scratch(name: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `homer-bench-${name}-`));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A small repository with one commit. */
export function repository(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  };
  git('init', '-b', 'main');
  writeFileSync(path.join(folder, 'file.txt'), 'one\n');
  git('add', '--all');
  git('commit', '-m', 'one');
  return folder;
}

/** Fills a data folder with proposals over all stages. Gives the project's id. */
export async function seed(dataDir: string, proposals: number): Promise<string> {
  const scope = createScope('seed');
  const clock = createSystemClock();
  const store = unwrap(
    await openStore({
      folder: dataDir,
      migrationsFolder: path.join(root, 'migrations'),
      clock,
      ids: createIds(clock),
      log: createSilentLog(),
      scope,
    }),
  );
  const projectPath = repository(path.join(dataDir, 'repository'));
  const projectId = store.write((write) => {
    const project = insertProject(
      write,
      {
        name: 'bench',
        localPath: projectPath,
        demo: false,
        defaultBranch: 'main',
        testCommand: '',
        setupCommand: '',
        testTimeoutMs: 60_000,
        pathPolicy: defaultPathPolicy,
        riskProfile: 'trusted',
        sensitivePatterns: [],
        defaultExecutor: 'shell',
        shellCommand: 'true',
        autoApply: false,
        maxRuns: null,
        planner: '',
      },
      'bench',
    );
    addProposals(write, project.id, proposals);
    return project.id;
  });
  await scope.close();
  return projectId;
}

/** Proposals over all stages. */
export function seedProposals(store: Store, projectId: string, proposals: number): void {
  store.write((write) => {
    addProposals(write, projectId, proposals);
  });
}

function addProposals(write: Write, projectId: string, proposals: number): void {
  for (let count = 0; count < proposals; count += 1)
    insertProposal(
      write,
      {
        title: `Proposal ${String(count)}: make the ${['parser', 'cache', 'queue', 'index'][count % 4] ?? ''} say what it means`,
        summary: 'A line of summary that tells why this is worth doing.',
        content: 'Some content.\n'.repeat(20),
        source: 'todo',
        sourceRef: `src/file-${String(count)}.ts:${String(count)}`,
        fingerprint: `bench-${String(count)}`,
        relevance: count % 51,
        projectId: projectId,
        goalId: null,
        parentId: null,
        expiresAt: null,
      },
      'bench',
    );
  const stages = proposalStage.values;
  write
    .prepare(
      `UPDATE proposal SET stage = CASE number % ${String(stages.length)} ${stages.map((stage, index) => `WHEN ${String(index)} THEN '${stage}'`).join(' ')} END WHERE stage = 'idea'`,
    )
    .run();
}

export interface ServedHost {
  readonly url: string;
  readonly token: string;
  readonly child: ChildProcess;
  /** From the start of the process to the line that says it listens, ms. */
  readonly startedMs: number;
  stop(): Promise<void>;
}

/** Starts the built headless host on a data folder and waits until it says where it is. */
export function serveHost(dataDir: string): Promise<ServedHost> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [hostBundle, 'serve', '--no-open', '--port', '0', '--json', '--data', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => {
      reject(new Error(`the host ended with ${String(code)}: ${text}`));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/u.exec(text)?.[0];
      if (url === undefined) return;
      child.removeAllListeners('exit');
      resolve({
        url,
        token: readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim(),
        child,
        startedMs: performance.now() - began,
        stop: () =>
          new Promise((done) => {
            child.once('exit', () => {
              done();
            });
            child.kill('SIGTERM');
          }),
      });
    });
  });
}

/** One call over HTTP with the API token. */
export async function callHost<T>(host: ServedHost, name: string, input: unknown): Promise<T> {
  const response = await fetch(new URL(`/api/${name}`, host.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${host.token}` },
    body: JSON.stringify(input),
  });
  const reply = (await response.json()) as { ok: boolean; value: T; error?: { message: string } };
  if (!reply.ok) throw new Error(reply.error?.message ?? String(response.status));
  return reply.value;
}
