import { spawn } from 'node:child_process';
import path from 'node:path';
import { figure, type Figure } from './figure.ts';
import { callHost, root, scratch, seed, serveHost } from './host.ts';

const TIMES = 5;

/** From the start of the process to an answered board of 1,000 proposals, beside a bare Node that opens the same file and reads as much. */
export async function benchStartUp(): Promise<Figure> {
  const place = scratch('start');
  await seed(place.folder, 1_000);
  const values: number[] = [];
  const baselines: number[] = [];
  for (let time = 0; time <= TIMES; time += 1) {
    const began = performance.now();
    const host = await serveHost(place.folder);
    await callHost(host, 'proposal.board', {});
    const took = performance.now() - began;
    await host.stop();
    const bare = await bareOpen(path.join(place.folder, 'homer.sqlite'));
    // The first of each warms the file cache.
    if (time === 0) continue;
    values.push(took);
    baselines.push(bare);
  }
  place.remove();
  return figure({
    name: 'headless host, start to usable board with 1,000 proposals',
    unit: 'ms',
    values,
    baselines,
    against: 'bare Node: open the same database, read the same rows',
    goal: 'at most 1,000 ms over the baseline',
    met: (value, baseline) => value - baseline <= 1_000,
  });
}

function bareOpen(file: string): Promise<number> {
  const began = performance.now();
  const script = `import Database from 'better-sqlite3';
    const db = new Database(${JSON.stringify(file)}, { readonly: true });
    db.prepare('SELECT * FROM proposal ORDER BY relevance DESC LIMIT 600').all(); db.close();`;
  return new Promise((resolve) => {
    spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, stdio: 'ignore' }).once(
      'exit',
      () => {
        resolve(performance.now() - began);
      },
    );
  });
}
