import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

/** `npm run test:soak -- --runs N [--json]`: ends with 1 when a promise was broken. */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const report = await soak({
  runs: Number(values.runs),
  say: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) process.stdout.write(JSON.stringify(report) + '\n');
else {
  console.table(report.samples);
  console.log(
    `${String(report.runs)} runs in ${String(Math.round(report.durationMs / 1_000))} s, ${String(report.runsPerSecond)} a second, ${String(report.zombies)} zombies, ${String(report.faults.length)} faults`,
  );
  for (const fault of report.faults) console.log(`✗ ${fault}`);
}
process.exitCode = report.faults.length > 0 ? 1 : 0;
