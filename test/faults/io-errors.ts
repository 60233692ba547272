import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { checkInThread } from '../../main/store/check-in-thread.ts';
import { connect } from '../../main/store/database.ts';
import { openAt } from '../../main/store/testing/test-store.ts';
import { inFolder, skipped, type FaultReport } from './report.ts';

const PROCESS = new URL('writing-process.ts', import.meta.url).pathname;
const NAME = 'input and output errors';
const CALLS = ['pwrite64', 'fsync'] as const;
const ERRORS = ['EIO', 'ENOSPC'] as const;
const WRITES = 24;

/** Why faults cannot be injected here; null when they can. `install`: a missing strace is installed first. */
export function noStrace(install: boolean): string | null {
  if (process.platform !== 'linux') return 'strace is for Linux';
  if (spawnSync('strace', ['-V']).error && install)
    spawnSync('apt-get', ['install', '-y', 'strace'], { stdio: 'ignore' });
  if (spawnSync('strace', ['-V']).error) return 'strace is not installed';
  const traced = spawnSync('strace', ['-o', '/dev/null', '-e', 'inject=getcwd:error=EIO:when=1', 'true']);
  return traced.status === 0 ? null : 'strace may not trace here';
}

/**
 * Lets one call of SQLite to the kernel fail at each of so many points, in a real process that writes: in its log, in its database, in
 * what it syncs, at its opening, its writing and its end. What was acknowledged must be there afterwards, and the database sound.
 */
export async function ioErrors(options: {
  points: number;
  install: boolean;
  say: (line: string) => void;
}): Promise<FaultReport> {
  const why = noStrace(options.install);
  if (why !== null) return skipped(NAME, why);
  const faults: string[] = [];
  const figures = { acknowledged: 0, refused: 0, rows: 0, injected: 0 };
  for (let point = 0; point < options.points; point += 1) {
    const call = CALLS[point % 2] ?? 'pwrite64';
    const error = ERRORS[Math.floor(point / 2) % 2] ?? 'EIO';
    const when = Math.floor(point / 4) + 1;
    await inFolder(async (folder) => {
      // There before, so that only the files of this folder are watched.
      const scope = createScope('prepare');
      unwrap(await openAt(folder, scope));
      await scope.close();
      const { acked, refused, injected, ended } = await write(
        folder,
        `${call}:error=${error}:when=${String(when)}`,
      );
      const at = `${call} ${error} at ${String(when)}`;
      if (!ended) faults.push(`${at}: the process did not reach its end`);
      const check = createScope('check');
      const [damage] = await checkInThread(join(folder, 'homer.sqlite'), check);
      await check.close();
      if (damage !== undefined) faults.push(`${at}: ${damage}`);
      const raw = connect(join(folder, 'homer.sqlite'));
      const rows = new Set(raw.prepare('SELECT title FROM proposal').pluck().all() as string[]);
      raw.close();
      const lost = acked.filter((title) => !rows.has(title));
      if (lost.length > 0) faults.push(`${at}: ${String(lost.length)} acknowledged rows are lost`);
      if (rows.size !== acked.length)
        faults.push(`${at}: ${String(acked.length)} acknowledged, ${String(rows.size)} rows`);
      if (!refused.every((tag) => ['disk_full', 'disk_failed'].includes(tag)))
        faults.push(`${at}: refused with ${refused.join(', ')}`);
      figures.acknowledged += acked.length;
      figures.refused += refused.length;
      figures.rows += rows.size;
      figures.injected += injected;
    });
    if (point % 20 === 19) options.say(`${String(point + 1)} points`);
  }
  return { name: NAME, skipped: null, n: options.points, faults, figures };
}

async function write(
  folder: string,
  inject: string,
): Promise<{ acked: string[]; refused: string[]; injected: number; ended: boolean }> {
  const files = ['homer.sqlite', 'homer.sqlite-wal'].flatMap((name) => ['-P', join(folder, name)]);
  const child = spawn(
    'strace',
    [
      '-f',
      '--seccomp-bpf',
      '-qq',
      ...files,
      '-e',
      `trace=${CALLS.join(',')}`,
      '-e',
      `inject=${inject}`,
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      PROCESS,
      folder,
      String(WRITES),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let trace = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (trace += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  const said = out.split('\n').map((line) => line.split(' '));
  const all = (word: string): string[] =>
    said.flatMap(([first, second]) => (first === word && second !== undefined ? [second] : []));
  return {
    acked: all('acked'),
    refused: all('refused'),
    injected: trace.match(/\(INJECTED\)/gu)?.length ?? 0,
    ended: out.includes('end\n'),
  };
}
