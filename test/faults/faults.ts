import { checkCommand, count, namesOf } from '../check-command.ts';
import { corruptions } from './corruptions.ts';
import { diskFull, readOnly } from './disk-full.ts';
import { ioErrors } from './io-errors.ts';
import { killMigrations } from './kill-migrations.ts';
import type { FaultReport } from './report.ts';
import { twoInstances } from './two-instances.ts';

/** `node test/faults/faults.ts [--only NAME] [--points N] [--smashes N] [--kills N] [--seed N] [--json]`: 1 when a promise was broken. */
const names = ['instances', 'read-only', 'disk-full', 'io', 'corruptions', 'migrations'] as const;
const values = checkCommand(
  'test:faults',
  'Takes the disk, the database and the ground away from Homer, and looks what is lost.',
)
  .option('--only <names>', `some of ${names.join(', ')}, with commas between`, namesOf(names))
  .option('--points <n>', 'how many input and output errors', count, 100)
  .option('--smashes <n>', 'how many databases are damaged', count, 200)
  .option('--kills <n>', 'how many migrations are killed midway', count, 50)
  .option('--seed <n>', 'the same seed damages the same places', count, 1)
  .parse()
  .opts<{ only?: string[]; points: number; smashes: number; kills: number; seed: number; json: boolean }>();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { seed } = values;
const cases: readonly (readonly [(typeof names)[number], () => Promise<FaultReport>])[] = [
  ['instances', () => twoInstances({ hosts: 4 })],
  ['read-only', readOnly],
  ['disk-full', diskFull],
  ['io', () => ioErrors({ points: values.points, install: true, say })],
  ['corruptions', () => corruptions({ smashes: values.smashes, seed, say })],
  ['migrations', () => killMigrations({ kills: values.kills, seed, say })],
];
const reports: FaultReport[] = [];
for (const [name, run] of cases) {
  if (values.only?.includes(name) === false) continue;
  say(`${name} …`);
  const report = await run();
  reports.push(report);
  if (!values.json) {
    say(
      report.skipped === null
        ? `${report.faults.length === 0 ? '✓' : '✗'} ${report.name}: ${String(report.n)}, ${JSON.stringify(report.figures)}`
        : `- ${report.name}: skipped, ${report.skipped}`,
    );
    for (const fault of report.faults) say(`  ✗ ${fault}`);
  }
}
if (values.json) process.stdout.write(`${JSON.stringify({ seed, cases: reports })}\n`);
process.exitCode = reports.some(({ faults }) => faults.length > 0) ? 1 : 0;
