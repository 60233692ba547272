// `npm run test:claims -- --runs N --claimers M --json`: several processes claim and complete the runs of one database at once, and the
// database is read afterwards: every run was claimed once and completed once, and no timeline or stream has a gap.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { checkCommand, count } from '../check-command.ts';
import { fillQueue, openQueueStore } from '../bench/queue-store.ts';

export interface ClaimFigures {
  readonly runs: number;
  readonly claimers: number;
  /** Claims of each process. */
  readonly shares: readonly number[];
  readonly twice: number;
  readonly lost: number;
  readonly gaps: number;
  readonly integrity: string;
  readonly seconds: number;
}

const claimer = path.join(import.meta.dirname, '..', '..', 'main', 'store', 'testing', 'second-process.ts');

export async function claimMany(runs: number, claimers: number): Promise<ClaimFigures> {
  const place = await openQueueStore('claims');
  const children = [];
  try {
    fillQueue(place.store, place.projectId, runs);
    for (let count = 0; count < claimers; count += 1)
      children.push(
        spawn(process.execPath, [claimer, 'claim', place.folder], { stdio: ['pipe', 'pipe', 'inherit'] }),
      );
    const claimed = children.map((child) => {
      const ids: string[] = [];
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (line) => void ids.push(line));
      return { ids, lines };
    });
    await Promise.all(claimed.map(async ({ ids, lines }) => ids.length > 0 || once(lines, 'line')));
    const began = performance.now();
    const ended = children.map((child) => once(child, 'close'));
    for (const child of children) child.stdin.write('go\n');
    await Promise.all(ended);
    const seconds = (performance.now() - began) / 1_000;
    const shares = claimed.map(({ ids }) => ids.filter((id) => id !== 'ready' && id !== 'done'));
    const all = shares.flat();
    const number = (sql: string): number =>
      place.store.read((read) => Number(Object.values(read.prepare(sql).get() ?? { none: -1 })[0]));
    return {
      runs,
      claimers,
      shares: shares.map((ids) => ids.length),
      twice:
        all.length -
        new Set(all).size +
        number(
          `SELECT COUNT(*) FROM (SELECT run_id FROM run_event WHERE payload ->> '$.on' = 'claim' GROUP BY run_id HAVING COUNT(*) > 1)`,
        ),
      lost: runs - number(`SELECT COUNT(*) FROM run WHERE status = 'completed' AND started_at IS NOT NULL`),
      gaps:
        number(
          `SELECT COUNT(*) FROM (SELECT run_id FROM run_event WHERE seq > 2 GROUP BY run_id HAVING COUNT(*) <> 3 OR MAX(seq) <> 5)`,
        ) + number('SELECT MAX(seq) - COUNT(*) FROM domain_event'),
      integrity: place.store.check(true).join('; ') || 'ok',
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await place.close();
  }
}

if (process.argv[1] === import.meta.filename) {
  const { runs, claimers, json } = checkCommand(
    'test:claims',
    'Several processes claim and complete the runs of one database at once; the database is read afterwards.',
  )
    .option('--runs <n>', 'how many runs', count, 20_000)
    .option('--claimers <n>', 'how many processes', count, 3)
    .parse()
    .opts<{ runs: number; claimers: number; json: boolean }>();
  const figures = await claimMany(runs, claimers);
  console.log(
    json
      ? JSON.stringify(figures)
      : `${String(figures.runs)} runs, claimed by ${String(figures.claimers)} processes (${figures.shares.join(', ')}) in ${String(figures.seconds)} s: ${String(figures.twice)} twice, ${String(figures.lost)} lost, ${String(figures.gaps)} gaps, integrity ${figures.integrity}`,
  );
  process.exit(figures.twice + figures.lost + figures.gaps === 0 && figures.integrity === 'ok' ? 0 : 1);
}
