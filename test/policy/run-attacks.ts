// `npm run test:policy`: every attack of the table on a real repository. `--json` prints one object; `--only <words>` chooses some.
import { checkCommand } from '../check-command.ts';
import type { Attempt } from './attempt.ts';
import { attempt } from './attempt.ts';
import { fileAttacks } from './file-attacks.ts';
import { gitAttacks } from './git-attacks.ts';

const { json, only } = checkCommand('test:policy', 'Makes every attack of the table on a real repository.')
  .option('--only <words>', 'those with these words in their group or name', '')
  .parse()
  .opts<{ json: boolean; only: string }>();
const chosen = [...fileAttacks, ...gitAttacks].filter(({ group, name }) =>
  `${group}: ${name}`.includes(only),
);
if (chosen.length === 0) {
  console.error(`No attack has "${only}" in its group or name.`);
  process.exit(2);
}

const began = performance.now();
const attempts: Attempt[] = [];
for (const attack of chosen) {
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
