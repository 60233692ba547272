// `npm run test:stream -- --lines N [--seed S] [--json]`: reads N mutated lines of agents' output and prints what came of them.
import { readMutatedLines } from './mutated-lines.ts';

const words = process.argv.slice(2);
const number = (name: string, otherwise: number): number => {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(words[at + 1]);
};
const lines = number('lines', 100_000);
const seed = number('seed', 1);
if (words.includes('--help') || !Number.isInteger(lines) || lines < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run test:stream -- [--lines N] [--seed S] [--json]');
  process.exit(words.includes('--help') ? 0 : 2);
}
const began = performance.now();
const report = readMutatedLines(lines, seed);
const seconds = Math.round(performance.now() - began) / 1_000;
const { threw, lost, miscounted, malformed } = report;
if (words.includes('--json')) console.log(JSON.stringify({ ...report, seed, seconds }));
else
  console.log(
    `${String(report.lines)} lines in ${String(seconds)} s (seed ${String(seed)}): ${String(report.structured)} structured, ${String(report.capped)} cut at the cap; ${String(threw)} threw, ${String(lost)} lost, ${String(miscounted)} miscounted, ${String(malformed)} malformed`,
  );
process.exitCode = threw + lost + miscounted + malformed === 0 ? 0 : 1;
