import { parseArgs } from 'node:util';
import { corruptions } from './corruptions.ts';
import { diskFull, readOnly } from './disk-full.ts';
import { ioErrors } from './io-errors.ts';
import { killMigrations } from './kill-migrations.ts';
import type { FaultReport } from './report.ts';
import { twoInstances } from './two-instances.ts';

/** `node test/faults/faults.ts [--only NAME] [--points N] [--smashes N] [--kills N] [--seed N] [--json]`: 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    points: { type: 'string', default: '100' },
    smashes: { type: 'string', default: '200' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const seed = Number(values.seed);
const cases: readonly (readonly [string, () => Promise<FaultReport>])[] = [
  ['instances', () => twoInstances({ hosts: 4 })],
  ['read-only', readOnly],
  ['disk-full', diskFull],
  ['io', () => ioErrors({ points: Number(values.points), install: true, say })],
  ['corruptions', () => corruptions({ smashes: Number(values.smashes), seed, say })],
  ['migrations', () => killMigrations({ kills: Number(values.kills), seed, say })],
];
const reports: FaultReport[] = [];
for (const [name, run] of cases) {
  if (values.only !== undefined && values.only !== name) continue;
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
