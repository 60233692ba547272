// `npm run test:time`: schedules against the golden table, under jumping clocks, and once on a real host. `--json` prints one JSON object.
import { checkCommand } from '../check-command.ts';
import { checkByFiring, checkBySchedule, checkByZoneData, type Figures } from './check-golden.ts';
import { checkJumps, jumps } from './check-jumps.ts';
import { golden } from './golden.ts';
import { checkRealHost } from './real-host.ts';

const { json, host } = checkCommand(
  'test:time',
  'Holds schedules against the golden table, under jumping clocks, and once on a real host.',
)
  .option('--no-host', 'leave the real host out')
  .parse()
  .opts<{ json: boolean; host: boolean }>();
const say = (line: string): void => {
  if (!json) console.error(line);
};

const began = performance.now();
const results: Record<string, Figures & Record<string, unknown>> = {};
say('the golden table by the zone data of the platform…');
results['zone data'] = { ...checkByZoneData(golden) };
say('the golden table by the schedule…');
results['schedule'] = { ...checkBySchedule(golden) };
say('the golden table by runs that are queued…');
results['runs queued'] = { ...(await checkByFiring(golden)) };
say('clock jumps…');
results['clock jumps'] = { ...(await checkJumps(Object.keys(jumps) as (keyof typeof jumps)[])) };
if (!host) results['real host'] = { checked: 0, faults: [], skipped: 'left out by --no-host' };
else {
  say('a real host under libfaketime…');
  const { faults, ...figures } = await checkRealHost(say);
  results['real host'] = { checked: figures.jumps, faults, ...figures };
}

const faults = Object.entries(results).flatMap(([name, result]) =>
  result.faults.map((fault) => `${name}: ${fault}`),
);
const seconds = Math.round((performance.now() - began) / 100) / 10;
if (json) console.log(JSON.stringify({ ok: faults.length === 0, seconds, rows: golden.length, results }));
else {
  for (const [name, { checked, faults: wrong, ...more }] of Object.entries(results)) {
    const figures = Object.entries(more)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => `${key} ${String(value)}`);
    console.log(
      `${wrong.length > 0 ? '✗' : typeof more['skipped'] === 'string' ? '○' : '✓'} ${name}: ${String(checked)} checked, ${String(wrong.length)} faults${figures.length > 0 ? ` (${figures.join(', ')})` : ''}`,
    );
  }
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
  console.log(`${String(seconds)} s`);
}
process.exit(faults.length === 0 ? 0 : 1);
