import { checkCommand, count } from '../check-command.ts';
import { killGitAtEachCall } from './kill-git-each.ts';
import { killGitMany } from './kill-git-many.ts';

/**
 * `npm run test:kill-git -- --kills 50 --seed 1 --json`: git killed at random points; with `--each` before each call by which it makes or
 * drops a lock instead. Exit code 1 when a promise was broken.
 */
const values = checkCommand(
  'test:kill-git',
  'Kills git while it works for Homer, and looks whether what it left is healed.',
)
  .option('--kills <n>', 'how often, at random points', count, 50)
  .option('--seed <n>', 'the same seed kills at the same points', count, 1)
  .option('--each', 'before each call by which it makes or drops a lock instead', false)
  .parse()
  .opts<{ kills: number; seed: number; each: boolean; json: boolean }>();
const say = (line: string): void => {
  if (!values.json) process.stderr.write(`${line}\n`);
};
const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${String(count)} ${what}`)
    .join(', ');
const seconds = (ms: number): string => `${String(Math.round(ms / 1_000))} s`;

let faults: readonly string[];
if (values.each) {
  const report = await killGitAtEachCall({ say });
  ({ faults } = report);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (report.skipped !== null) process.stdout.write(`skipped: ${report.skipped}\n`);
  else
    process.stdout.write(
      `${String(report.kills)} kills, locks left: ${counted(report.locks)}; ${String(faults.length)} faults, ${seconds(report.durationMs)}\n`,
    );
} else {
  const report = await killGitMany({ kills: values.kills, seed: values.seed, say });
  ({ faults } = report);
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else
    process.stdout.write(
      `${String(report.kills)} kills, ${String(report.cutOff)} cut off: ${counted(report.found)}; ${String(faults.length)} faults, ${seconds(report.durationMs)}\n`,
    );
}
if (!values.json) for (const fault of faults) process.stdout.write(`  ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
