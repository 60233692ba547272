import { parseArgs } from 'node:util';
import { killRotation } from './kill-rotation-many.ts';

/** `node test/recovery/kill-rotation.ts --kills N [--seed N] [--json]`: ends with 1 when a promise was broken. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const report = await killRotation({
  kills: Number(values.kills),
  seed: Number(values.seed),
  say: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) process.stdout.write(JSON.stringify(report) + '\n');
else console.table({ ...report, faults: report.faults.length, killedBy: JSON.stringify(report.killedBy) });
for (const fault of values.json ? [] : report.faults) process.stdout.write(`✗ ${fault}\n`);
process.exitCode = report.faults.length > 0 ? 1 : 0;
