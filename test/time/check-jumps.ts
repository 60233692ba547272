import type { MisfirePolicy } from '../../main/domain/intent/status.ts';
import { nextDue } from '../../main/runtime/next-due.ts';
import { parseTime } from '../../main/shared/clock.ts';
import { createScheduleRoom } from '../../main/runtime/testing/schedule-room.ts';
import { unwrap } from '../../main/shared/result.ts';
import type { Figures } from './check-golden.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const jumps = {
  '+1 min': [MINUTE],
  '-1 min': [-MINUTE],
  '+2 h': [2 * HOUR],
  '-2 h': [-2 * HOUR],
  '+8 h, as after sleep': [8 * HOUR],
  '+30 d, as after a holiday': [30 * DAY],
  '+1 y': [365 * DAY],
  '+1 y and back': [365 * DAY, -365 * DAY],
  '-2 h and on': [-2 * HOUR, 2 * HOUR],
  'to and fro': [MINUTE, -MINUTE, HOUR, -HOUR, -MINUTE, MINUTE],
} as const;

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'UTC',
];
const expressions = ['*/10 * * * *', '0 * * * *', '30 2 * * *', '0 9 * * 1-5', '0 0 L * *'];

/**
 * A wall clock that jumps, in the middle of ordinary hours: no time of an intent gets two runs, no tick queues more than the spacing of
 * catch-ups lets it, and the due time is the very first one after the new now that has no run yet.
 */
export async function checkJumps(
  names: readonly (keyof typeof jumps)[],
  policies: readonly MisfirePolicy[] = ['run_once', 'skip', 'run_all'],
): Promise<Figures & { runs: number; mostAtOnce: number }> {
  const faults: string[] = [];
  let checked = 0;
  let runs = 0;
  let mostAtOnce = 0;
  for (const name of names)
    for (const misfirePolicy of policies) {
      // The evening before Berlin's change, so that jumps go over it.
      const room = await createScheduleRoom('2026-03-28T20:05:00.000Z');
      try {
        const intents = zones.flatMap((zone) =>
          expressions.map((expression) => ({
            name: `${name}, ${misfirePolicy}, ${zone} "${expression}"`,
            trigger: { type: 'cron', expression, zone } as const,
            id: room.add({ type: 'cron', expression, zone }, { misfirePolicy }),
          })),
        );
        room.pass(2 * HOUR, 10 * MINUTE);
        for (const jump of jumps[name]) {
          room.clock.jump(jump);
          const atOnce = room.fire();
          mostAtOnce = Math.max(mostAtOnce, atOnce);
          // On time are at most all of them; late ones come one in two seconds, and each intent has one at a time.
          if (atOnce > intents.length)
            faults.push(`${name}, ${misfirePolicy}: ${String(atOnce)} runs in one tick`);
          for (const { id, name: what, trigger } of intents) {
            const ran = new Set(room.ran(id));
            let first = unwrap(nextDue(trigger, room.clock.now()));
            while (first !== null && ran.has(first)) first = unwrap(nextDue(trigger, parseTime(first)));
            const next = room.next(id);
            if (next !== first) faults.push(`${what}: due at ${String(next)}, not at ${String(first)}`);
          }
          room.endRuns();
          room.pass(10 * MINUTE, MINUTE);
        }
        room.pass(3 * HOUR, 10 * MINUTE);
        room.pass(2 * MINUTE, MINUTE);
        for (const { id, name: what } of intents) {
          const ran = room.ran(id);
          runs += ran.length;
          checked += 1;
          if (new Set(ran).size !== ran.length) faults.push(`${what}: ran twice for one time`);
          if (room.missed(id).some((row) => row.startsWith('waiting') && misfirePolicy !== 'run_all'))
            faults.push(`${what}: a missed time waits for ever`);
          if (room.missed(id).length > 75)
            faults.push(`${what}: ${String(room.missed(id).length)} rows of missed times`);
        }
      } finally {
        await room.dispose();
      }
    }
  return { checked, faults, runs, mostAtOnce };
}
