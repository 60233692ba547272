import { checkCommand, count } from '../check-command.ts';
import { soak } from './soak.ts';

/** `npm run test:soak -- --runs N [--json]`: ends with 1 when a promise was broken. */
const values = checkCommand('test:soak', 'Runs many small runs on one host and looks at what it keeps.')
  .option('--runs <n>', 'how many runs', count, 10_000)
  .parse()
  .opts<{ runs: number; json: boolean }>();
const report = await soak({
  runs: values.runs,
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
