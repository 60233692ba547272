// `npm run test:policy`: every attack of the table on a real repository. `--json` prints one object; `--only <words>` chooses some.
import type { Attempt } from './attempt.ts';
import { attempt } from './attempt.ts';
import { fileAttacks } from './file-attacks.ts';
import { gitAttacks } from './git-attacks.ts';

const words = process.argv.slice(2);
const json = words.includes('--json');
const at = words.indexOf('--only');
const only = at === -1 ? '' : words.slice(at + 1).join(' ');
if (words.includes('--help')) {
  console.error('Usage: npm run test:policy [-- --json] [-- --only <part of a group or name>]');
  process.exit(0);
}

const began = performance.now();
const attempts: Attempt[] = [];
for (const attack of [...fileAttacks, ...gitAttacks]) {
  if (!`${attack.group}: ${attack.name}`.includes(only)) continue;
  const done = await attempt(attack);
  attempts.push(done);
  if (json) continue;
  const mark = done.skipped !== null ? '-' : done.faults.length === 0 ? '✓' : '✗';
  console.log(`${mark} ${done.group}: ${done.name}${done.skipped === null ? '' : ` (${done.skipped})`}`);
  for (const fault of done.faults) console.log(`    ${fault}`);
}
const failed = attempts.filter(({ faults }) => faults.length > 0);
const skipped = attempts.filter((done) => done.skipped !== null);
const report = {
  attacks: attempts.length,
  held: attempts.length - failed.length - skipped.length,
  failed: failed.map(({ group, name, faults }) => ({ attack: `${group}: ${name}`, faults })),
  skipped: skipped.map(({ group, name, skipped: reason }) => ({ attack: `${group}: ${name}`, reason })),
  groups: Object.fromEntries(
    [...new Set(attempts.map(({ group }) => group))].map((group) => [
      group,
      attempts.filter((done) => done.group === group).length,
    ]),
  ),
  seconds: Math.round((performance.now() - began) / 100) / 10,
};
if (json) console.log(JSON.stringify(report));
else
  console.log(
    `\n${String(report.attacks)} attacks: ${String(report.held)} held, ${String(failed.length)} failed, ${String(skipped.length)} skipped; ${String(report.seconds)} s`,
  );
process.exitCode = failed.length > 0 || attempts.length === 0 ? 1 : 0;
