import { parseArgs } from 'node:util';
import { killGitMany } from './kill-git-many.ts';

/** `npm run test:kill-git -- --kills 50 --seed 1 --json`: git killed at random points. Exit code 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const report = await killGitMany({
  kills: Number(values.kills),
  seed: Number(values.seed),
  say: (line) => {
    if (!values.json) process.stderr.write(`${line}\n`);
  },
});
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const found = Object.entries(report.found).map(([what, count]) => `${String(count)} ${what}`);
  process.stdout.write(
    `${String(report.kills)} kills, ${String(report.cutOff)} cut off: ${found.join(', ')}; ${String(report.faults.length)} faults, ${String(Math.round(report.durationMs / 1_000))} s\n`,
  );
  for (const fault of report.faults) process.stdout.write(`  ${fault}\n`);
}
process.exitCode = report.faults.length === 0 ? 0 : 1;
