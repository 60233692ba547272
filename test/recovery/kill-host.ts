import { checkCommand, count } from '../check-command.ts';
import { killMany } from './kill-many.ts';

/** `node test/recovery/kill-host.ts --kills N [--seed N] [--json]`: ends with 1 when a promise was broken. */
const values = checkCommand(
  'test:crash',
  'Kills a working headless host again and again, at random and at named points, and looks from outside whether a promise was broken.',
)
  .option('--kills <n>', 'how often it is killed', count, 50)
  .option('--seed <n>', 'the same seed kills at the same points', count, 1)
  .parse()
  .opts<{ kills: number; seed: number; json: boolean }>();
const report = await killMany({
  kills: values.kills,
  seed: values.seed,
  say: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) process.stdout.write(JSON.stringify(report) + '\n');
else console.table({ ...report, faults: report.faults.length, statuses: JSON.stringify(report.statuses) });
for (const fault of values.json ? [] : report.faults) process.stdout.write(`✗ ${fault}\n`);
process.exitCode = report.faults.length > 0 ? 1 : 0;
