import { checkCommand, count } from '../check-command.ts';
import { killRotation } from './kill-rotation-many.ts';

/** `node test/recovery/kill-rotation.ts --kills N [--seed N] [--json]`: ends with 1 when a promise was broken. */
const values = checkCommand(
  'test:rotation',
  'Kills a host while its runs change accounts, and looks from outside whether a promise was broken.',
)
  .option('--kills <n>', 'how often it is killed', count, 50)
  .option('--seed <n>', 'the same seed kills at the same points', count, 1)
  .parse()
  .opts<{ kills: number; seed: number; json: boolean }>();
const report = await killRotation({
  kills: values.kills,
  seed: values.seed,
  say: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) process.stdout.write(JSON.stringify(report) + '\n');
else console.table({ ...report, faults: report.faults.length, killedBy: JSON.stringify(report.killedBy) });
for (const fault of values.json ? [] : report.faults) process.stdout.write(`✗ ${fault}\n`);
process.exitCode = report.faults.length > 0 ? 1 : 0;
