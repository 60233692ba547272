import { unwrap } from '../../main/shared/result.ts';
import { parseTime } from '../../main/shared/clock.ts';
import { nextDue } from '../../main/runtime/next-due.ts';
import { createScheduleRoom } from '../../main/runtime/testing/schedule-room.ts';
import { expectedTimes } from './expected.ts';
import type { GoldenRow } from './golden.ts';

export interface Figures {
  readonly checked: number;
  /** What was not as it must be, in words; empty when all was. */
  readonly faults: readonly string[];
}

const short = (iso: string): string => `${iso.slice(0, 16)}Z`;
const label = (row: GoldenRow): string => `${row.zone}, ${row.season}, "${row.expression}"`;

/** The table against the platform's own zone data, without the scheduler. */
export function checkByZoneData(rows: readonly GoldenRow[]): Figures {
  return compare(rows, (row) => expectedTimes(row.expression, row.zone, row.from, row.to));
}

/** The table against what the scheduler says comes next, asked again and again. */
export function checkBySchedule(rows: readonly GoldenRow[]): Figures {
  return compare(rows, ({ expression, zone, from, to }) => {
    const times: string[] = [];
    for (let at: string | null = from; at !== null && at < to;) {
      at = unwrap(nextDue({ type: 'cron', expression, zone }, parseTime(at)));
      if (at !== null && at < to) times.push(short(at));
    }
    return times;
  });
}

/** The table against the runs that are queued while a clock goes through each span, every minute or as `stepMs` says. */
export async function checkByFiring(rows: readonly GoldenRow[], stepMs = 900_000): Promise<Figures> {
  const spans = Map.groupBy(rows, ({ from, to }) => `${from} ${to}`);
  const faults: string[] = [];
  for (const together of spans.values()) {
    const [first] = together;
    if (!first) continue;
    const room = await createScheduleRoom(first.from);
    try {
      const ids = together.map((row) =>
        room.add({ type: 'cron', expression: row.expression, zone: row.zone }),
      );
      room.pass(parseTime(first.to) - parseTime(first.from) - 1_000, stepMs);
      together.forEach((row, index) => {
        const ran = room.ran(ids[index] ?? '').map(short);
        if (ran.join() !== row.times.join())
          faults.push(`${label(row)}: ran ${ran.join(' ')}, not ${row.times.join(' ')}`);
      });
    } finally {
      await room.dispose();
    }
  }
  return { checked: rows.length, faults };
}

function compare(rows: readonly GoldenRow[], timesOf: (row: GoldenRow) => string[]): Figures {
  const faults = rows.flatMap((row) => {
    const times = timesOf(row);
    return times.join() === row.times.join()
      ? []
      : [`${label(row)}: ${times.join(' ')}, not ${row.times.join(' ')}`];
  });
  return { checked: rows.length, faults };
}
