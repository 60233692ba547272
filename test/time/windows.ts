/**
 * What the golden table covers: each zone over the spans in which its days are not like others, with expressions that meet them.
 *
 * The changes of 2026, from the zones' rules:
 * - Europe/Berlin: last Sunday of March and October, at 01:00 UTC. 29 March 02:00 -> 03:00; 25 October 03:00 -> 02:00.
 * - America/New_York: second Sunday of March, first of November, at 02:00 local. 8 March 07:00 UTC forward, 1 November 06:00 UTC back.
 * - Australia/Lord_Howe: half an hour, at 02:00 local. 5 April back to 01:30 (4 April 15:00 UTC); 4 October forward to 02:30 (3 October
 *   15:30 UTC). There, spring is in October.
 * - Africa/Cairo: last Friday of April at 00:00 forward (23 April 22:00 UTC: midnight itself is missing); last Thursday of October at 24:00
 *   back (29 October 21:00 UTC: 23:00 to 24:00 comes twice).
 * - Asia/Kathmandu: UTC+05:45 all year. UTC: none.
 */
export interface Window {
  readonly zone: string;
  readonly season: 'spring' | 'autumn' | 'leap day' | 'year end';
  readonly from: string;
  readonly to: string;
  readonly expressions: readonly string[];
}

interface Change {
  readonly at: string;
  /** A wall time in the gap, or in what comes twice. */
  readonly hit: string;
}

const changes: Readonly<Record<string, { spring: Change; autumn: Change }>> = {
  'Europe/Berlin': {
    spring: { at: '2026-03-29T01:00Z', hit: '30 2 * * *' },
    autumn: { at: '2026-10-25T01:00Z', hit: '30 2 * * *' },
  },
  'America/New_York': {
    spring: { at: '2026-03-08T07:00Z', hit: '30 2 * * *' },
    autumn: { at: '2026-11-01T06:00Z', hit: '30 1 * * *' },
  },
  'Australia/Lord_Howe': {
    spring: { at: '2026-10-03T15:30Z', hit: '15 2 * * *' },
    autumn: { at: '2026-04-04T15:00Z', hit: '45 1 * * *' },
  },
  'Africa/Cairo': {
    spring: { at: '2026-04-23T22:00Z', hit: '30 0 * * *' },
    autumn: { at: '2026-10-29T21:00Z', hit: '30 23 * * *' },
  },
  'Asia/Kathmandu': {
    spring: { at: '2026-03-29T01:00Z', hit: '30 2 * * *' },
    autumn: { at: '2026-10-25T01:00Z', hit: '30 2 * * *' },
  },
  UTC: {
    spring: { at: '2026-03-29T01:00Z', hit: '30 2 * * *' },
    autumn: { at: '2026-10-25T01:00Z', hit: '30 2 * * *' },
  },
};

const HOUR = 3_600_000;

function around(at: string, before: number, after: number): { from: string; to: string } {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { from: iso(Date.parse(at) - before * HOUR), to: iso(Date.parse(at) + after * HOUR) };
}

/** Expressions that come often are looked at near the change; the others over days. */
export const windows: readonly Window[] = Object.entries(changes).flatMap(([zone, { spring, autumn }]) => [
  ...(['spring', 'autumn'] as const).flatMap((season): Window[] => {
    const { at, hit } = season === 'spring' ? spring : autumn;
    return [
      { zone, season, ...around(at, 30, 50), expressions: [hit, '0 3 * * *', '0 9 * * 1-5', '0 0 L * *'] },
      { zone, season, ...around(at, 3, 3), expressions: ['0 * * * *', '*/30 * * * *', '15,45 1-3 * * *'] },
    ];
  }),
  {
    zone,
    season: 'leap day',
    ...around('2028-02-29T12:00Z', 36, 36),
    expressions: ['0 12 29 2 *', '0 0 L * *', '30 2 * * *', '0 0 1 3 *', '0 */8 * * *'],
  },
  {
    zone,
    season: 'year end',
    ...around('2027-01-01T00:00Z', 30, 30),
    expressions: ['59 23 31 12 *', '0 0 1 1 *', '0 0 L 12 *', '0 9 * * 1-5', '0 */6 * * *'],
  },
]);
