import { toString as inWords } from 'cronstrue';
import { Cron } from 'croner';
import { readEventName } from '../domain/intent/event-name.ts';
import type { Trigger } from '../domain/intent/intent.ts';
import type { MovedTime } from '../domain/intent/moved.ts';
import { formatTime, parseTime } from '../shared/clock.ts';
import { ownZone } from './check-trigger.ts';
import { nextDue } from './next-due.ts';
import { nextPlanned } from './planned-times.ts';

const SHOWN = 5;

export interface Schedule {
  /** The trigger in words, such as "At 01:00, Monday through Friday". */
  readonly words: string;
  /** The zone its times are read and shown in. */
  readonly zone: string;
  /** The next times it comes, at most five: in UTC, and as a person in the zone reads it. */
  readonly next: { readonly at: string; readonly local: string; readonly movedFrom: string | null }[];
}

/**
 * A trigger that was checked, in words and with its next times after `now` (ms); `dueAt` is the next one where it is known already.
 * `nameOf` gives the name of an intent or project, for events.
 */
export function describeTrigger(
  trigger: Trigger,
  now: number,
  options: {
    dueAt?: string | null;
    /** Times of it that were moved by themselves. */
    moved?: readonly MovedTime[];
    /** False: the words alone. */
    times?: boolean;
    nameOf?: (kind: 'intent' | 'project', id: string) => string | null;
  } = {},
): Schedule {
  const zone = zoneOf(trigger);
  return {
    words: wordsOf(trigger, zone, options.nameOf ?? (() => null)),
    zone,
    next: (options.times === false
      ? []
      : upcoming(trigger, now, options.dueAt ?? null, options.moved ?? [])
    ).map((at) => ({
      at,
      local: localTime(at, zone),
      movedFrom: options.moved?.find(({ toAt }) => toAt === at)?.nominalAt ?? null,
    })),
  };
}

export function zoneOf(trigger: Trigger): string {
  return trigger.type === 'cron' && trigger.zone !== null ? trigger.zone : ownZone();
}

/** A time as people in a zone read it: `Mon, 23 Nov 2026, 01:00 GMT+1`; seconds only where there are some. */
export function localTime(at: string, zone: string): string {
  const ms = parseTime(at);
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(ms % 60_000 === 0 ? {} : { second: '2-digit' }),
    timeZoneName: 'short',
  }).format(ms);
}

function wordsOf(
  trigger: Trigger,
  zone: string,
  nameOf: (kind: 'intent' | 'project', id: string) => string | null,
): string {
  switch (trigger.type) {
    case 'manual':
      return 'Only by hand';
    case 'immediate':
      return 'At once';
    case 'once':
      return `Once, on ${localTime(trigger.at, zone)}`;
    case 'interval':
      return `Every ${span(trigger.everyMs)}`;
    case 'cron':
      return inWords(trigger.expression, { use24HourTimeFormat: true, throwExceptionOnParseError: false });
    case 'event': {
      const name = readEventName(trigger.event);
      if (name?.kind === 'intent') {
        const who = nameOf('intent', name.intentId) ?? name.intentId;
        const how = {
          completed: 'is completed',
          failed: 'fails',
          timeout: 'runs out of budget',
          cancelled: 'is cancelled',
          ended: 'ends',
        };
        return `When a run of “${who}” ${how[name.outcome]}`;
      }
      if (name?.kind === 'project') {
        const paths = trigger.paths?.length ? `, with a change in ${trigger.paths.join(', ')}` : '';
        return `When the branch of ${nameOf('project', name.projectId) ?? name.projectId} moves${paths}`;
      }
      return `On the event ${trigger.event}`;
    }
  }
}

function upcoming(
  trigger: Trigger,
  now: number,
  dueAt: string | null,
  moved: readonly MovedTime[],
): string[] {
  if (moved.length > 0 && dueAt !== null) {
    const times: string[] = [];
    for (let at: string | null = dueAt; at !== null && times.length < SHOWN;) {
      times.push(at);
      const next = nextPlanned(trigger, parseTime(at), dueAt, moved);
      at = next.ok ? next.value : null;
    }
    return times;
  }
  if (trigger.type === 'cron') {
    const cron = new Cron(trigger.expression, trigger.zone === null ? {} : { timezone: trigger.zone });
    return cron.nextRuns(SHOWN, new Date(now)).map((time) => formatTime(time.getTime()));
  }
  const first = dueAt ?? nextOf(trigger, now);
  if (first === null) return [];
  if (trigger.type !== 'interval') return [first];
  return Array.from({ length: SHOWN }, (_, index) => formatTime(parseTime(first) + index * trigger.everyMs));
}

function nextOf(trigger: Trigger, now: number): string | null {
  const next = nextDue(trigger, now);
  return next.ok ? next.value : null;
}

/** A duration in full units, none left out: `1 h 30 min`, `45 s`, `2 days`. */
function span(ms: number): string {
  const units: [string, number][] = [
    ['day', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ];
  let rest = ms;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${String(count)} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`];
  });
  return parts.join(' ');
}
