import { expect, it } from 'vitest';
import { fitNight, nightOf, type FitInput, type PlanAccount, type WaitingWork } from './fit-night.ts';
import { createForecaster, type PastUse } from './forecast.ts';

const at = (iso: string): number => Date.parse(iso);
const night = { from: '22:00', to: '06:00', zone: 'UTC' };
const exactly = (figure: number) => ({ low: figure, likely: figure, high: figure });
const run = (name: string, tokens: number, minutes = 30, more: Partial<WaitingWork> = {}) => ({
  name,
  executor: 'claude',
  notBefore: null,
  forecast: {
    basis: 'intent' as const,
    runs: 3,
    tokens: exactly(tokens),
    requests: exactly(10),
    durationMs: exactly(minutes * 60_000),
    costMicroUsd: null,
  },
  ...more,
});
const account = (label: string, more: Partial<PlanAccount> = {}, used = 0): PlanAccount => ({
  id: label,
  label,
  executor: 'claude',
  usable: true,
  place: null,
  backAt: null,
  reserve: 0.2,
  windows: [
    {
      name: 'five_hour',
      tokens: 1_000,
      requests: null,
      costMicroUsd: null,
      used,
      endsAt: at('2026-11-21T23:00:00Z'),
      lengthMs: 5 * 3_600_000,
    },
  ],
  ...more,
});
type Named = ReturnType<typeof run>;
const plan = (work: Named[], accounts: PlanAccount[], more: Partial<FitInput<Named>> = {}) => {
  const { fits, leftOut } = fitNight({
    now: at('2026-11-21T20:00:00Z'),
    night,
    work,
    accounts,
    most: { all: 2, account: 2 },
    caps: [],
    ...more,
  });
  return [
    ...fits.map(
      ({ work: it, startsAt, accountId }) =>
        `${it.name} ${new Date(startsAt).toISOString().slice(11, 16)} ${accountId ?? 'nobody'}`,
    ),
    ...leftOut.map(({ work: it, why }) => `${it.name}: ${why}`),
  ];
};

it('starts what fits at once, keeps the reserve of the day, and waits for the night or a new window', () => {
  expect(plan([run('a', 400), run('b', 400), run('c', 200), run('d', 900)], [account('max')])).toEqual([
    'a 20:00 max',
    'b 20:00 max',
    'c 22:00 max',
    'd 23:00 max',
  ]);
});

it("fills the first account of its owner's order first", () => {
  const both = [account('second', { place: 1 }), account('first', { place: 0 }, 0.3)];
  expect(plan([run('a', 300), run('b', 300)], both)).toEqual(['a 20:00 first', 'b 20:00 second']);
});

it('says of each what will not fit and why', () => {
  expect(
    plan(
      [run('huge', 1_200), run('long', 10, 700), run('other', 10, 30, { executor: 'codex' })],
      [account('max'), account('off', { executor: 'codex', usable: false })],
    ),
  ).toEqual(
    [
      'huge: It needs more than the whole of the window five_hour of max holds.',
      'long: There is no free place before the night ends.',
      'other: No account of codex can take turns.',
    ].sort((a, b) => (a.startsWith('huge') ? -1 : b.startsWith('huge') ? 1 : a < b ? -1 : 1)),
  );
  const full = plan(
    Array.from({ length: 5 }, (_, nth) => run(`n${String(nth)}`, 900)),
    [account('max', {}, 0.9)],
  );
  expect(full.slice(0, 2)).toEqual(['n0 23:00 max', 'n1 04:00 max']);
  expect(full.slice(2)).toEqual(
    [2, 3, 4].map((nth) => `n${String(nth)}: There is no room left in the window five_hour of max.`),
  );
});

it('spreads over accounts, holds to places, cooldowns and caps, and takes an unknown window for free', () => {
  const unknown = account('api', {
    windows: [
      {
        name: 'day',
        tokens: null,
        requests: null,
        costMicroUsd: null,
        used: null,
        endsAt: null,
        lengthMs: 86_400_000,
      },
    ],
  });
  expect(
    plan(
      [run('a', 700), run('b', 700), run('c', 700)],
      [account('one'), account('two'), { ...unknown, backAt: at('2026-11-21T21:00:00Z') }],
    ),
  ).toEqual(['a 20:00 one', 'b 20:00 two', 'c 21:00 api']);
  const priced = run('paid', 10);
  const paid = { ...priced, forecast: { ...priced.forecast, costMicroUsd: exactly(2_000_000) } };
  expect(
    plan([paid, { ...paid, name: 'second' }], [], {
      caps: [
        { until: at('2026-11-22T00:00:00Z'), leftMicroUsd: 2_500_000 },
        { until: at('2026-11-23T00:00:00Z'), leftMicroUsd: 5_000_000 },
      ],
    }),
  ).toEqual(['paid 20:00 nobody', 'second 00:00 nobody']);
});

it('never plans more than an account or a moment holds, whatever the queue, and always the same', () => {
  let seed = 7;
  const random = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };
  const work = Array.from({ length: 1_000 }, (_, nth) =>
    run(`n${String(nth)}`, 20 + random(400), 5 + random(90), {
      executor: ['claude', 'codex', 'gemini'][random(3)] ?? '',
    }),
  );
  const accounts = Array.from({ length: 20 }, (_, nth) =>
    account(`a${String(nth)}`, { executor: ['claude', 'codex', 'gemini'][nth % 3] ?? '' }, random(10) / 10),
  );
  const input = {
    now: at('2026-11-21T20:00:00Z'),
    night,
    work,
    accounts,
    most: { all: 16, account: 2 },
    caps: [],
  };
  const began = performance.now();
  const made = fitNight(input);
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(fitNight(input)).toEqual(made);
  expect(made.fits.length + made.leftOut.length).toBe(1_000);
  for (let time = input.now; time < made.to; time += 300_000) {
    const working = made.fits.filter((it) => it.startsAt <= time && time < it.endsAt);
    expect(working.length).toBeLessThanOrEqual(16);
  }
  for (const { id, windows } of accounts) {
    const used = new Map<number, number>([[0, windows[0]?.used ?? 0]]);
    for (const it of made.fits.filter(({ accountId }) => accountId === id)) {
      const nth =
        it.startsAt < at('2026-11-21T23:00:00Z')
          ? 0
          : 1 + Math.floor((it.startsAt - at('2026-11-21T23:00:00Z')) / (5 * 3_600_000));
      used.set(nth, (used.get(nth) ?? 0) + it.work.forecast.tokens.likely / 1_000);
    }
    for (const share of used.values()) expect(share).toBeLessThanOrEqual(1.000001);
  }
});

it('knows which night is meant, by day and by night', () => {
  const words = (iso: string): string[] => {
    const { from, to } = nightOf(night, at(iso));
    return [from, to].map((ms) => new Date(ms).toISOString().slice(5, 16));
  };
  expect(words('2026-11-21T12:00:00Z')).toEqual(['11-21T22:00', '11-22T06:00']);
  expect(words('2026-11-21T23:00:00Z')).toEqual(['11-21T22:00', '11-22T06:00']);
  expect(words('2026-11-22T03:00:00Z')).toEqual(['11-21T22:00', '11-22T06:00']);
});

it('forecasts from the same work, else its project, else its executor, and says how unsure it is', () => {
  const past = (intentId: string, projectId: string, tokens: number): PastUse => ({
    executor: 'claude',
    projectId,
    intentId,
    tokens,
    requests: 10,
    costMicroUsd: null,
    durationMs: 60_000,
  });
  const forecast = createForecaster([
    ...Array.from({ length: 8 }, () => past('big', 'web', 1_000_000)),
    ...Array.from({ length: 8 }, () => past('small', 'web', 10_000)),
  ]);
  const of = (intentId: string, projectId = 'web', executor = 'claude') =>
    forecast({ executor, projectId, intentId });
  expect(of('big')).toMatchObject({ basis: 'intent', runs: 8 });
  expect(of('new')).toMatchObject({ basis: 'project', runs: 16 });
  expect(of('new', 'api')).toMatchObject({ basis: 'executor', runs: 16 });
  expect(of('new', 'api', 'gemini')).toMatchObject({ basis: 'prior', runs: 0, costMicroUsd: null });
  expect(of('big').tokens.likely).toBeGreaterThan(10 * of('small').tokens.likely);
  const width = ({ tokens }: ReturnType<typeof of>): number => tokens.high / tokens.low;
  expect(width(of('big'))).toBeLessThan(width(of('new')));
  expect(of('big').tokens.low).toBeLessThan(1_000_000);
  expect(of('big').tokens.high).toBeGreaterThan(1_000_000);
});
