// `npm run test:stream -- --lines N [--seed S] [--json]`: reads N mutated lines of agents' output and prints what came of them.
import { checkCommand, count } from '../check-command.ts';
import { readMutatedLines } from './mutated-lines.ts';

const { lines, seed, json } = checkCommand(
  'test:stream',
  'Reads mutated lines of agents’ output, and counts what was lost, miscounted or thrown.',
)
  .option('--lines <n>', 'how many lines', count, 100_000)
  .option('--seed <n>', 'the same seed makes the same lines', count, 1)
  .parse()
  .opts<{ lines: number; seed: number; json: boolean }>();
const began = performance.now();
const report = readMutatedLines(lines, seed);
const seconds = Math.round(performance.now() - began) / 1_000;
const { threw, lost, miscounted, malformed } = report;
if (json) console.log(JSON.stringify({ ...report, seed, seconds }));
else
  console.log(
    `${String(report.lines)} lines in ${String(seconds)} s (seed ${String(seed)}): ${String(report.structured)} structured, ${String(report.capped)} cut at the cap; ${String(threw)} threw, ${String(lost)} lost, ${String(miscounted)} miscounted, ${String(malformed)} malformed`,
  );
process.exitCode = threw + lost + miscounted + malformed === 0 ? 0 : 1;
