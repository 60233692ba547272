import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createManualClock } from '../shared/clock.ts';
import { createScope } from '../shared/scope.ts';
import { createBudgetWatch, type Spending } from './budget-watch.ts';

const action = fc.oneof(
  fc.record({ do: fc.constant('begin' as const) }),
  fc.record({ do: fc.constant('end' as const), which: fc.nat(5) }),
  fc.record({
    do: fc.constant('use' as const),
    which: fc.nat(5),
    tokens: fc.integer({ min: 0, max: 400 }),
    cost: fc.integer({ min: 0, max: 400 }),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
);

it('never lets a budget be exceeded by more than the event that spent it, whatever works side by side', () => {
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 60 }),
      fc.integer({ min: 1_000, max: 10_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      (actions, durationMs, tokens, costMicroUsd) => {
        const clock = createManualClock();
        const scope = createScope('budget');
        const used = { durationMs: 0, tokens: 0, costMicroUsd: 0 };
        const settled = { ...used };
        interface Running {
          spending: Spending | null;
          since: number;
          ended: number | null;
          tokens: number;
          cost: number;
        }
        const running: Running[] = [];
        const watch = createBudgetWatch({
          clock,
          scope,
          budget: { steps: 1, durationMs, tokens, costMicroUsd },
          settled: () => settled,
        });
        const settle = (it: Running): void => {
          settled.durationMs += (it.ended ?? clock.monotonic()) - it.since;
          settled.tokens += it.tokens;
          settled.costMicroUsd += it.cost;
          running.splice(running.indexOf(it), 1);
          it.spending?.end();
        };
        const spent = (): boolean =>
          used.durationMs >= durationMs ||
          (tokens > 0 && used.tokens >= tokens) ||
          (costMicroUsd > 0 && used.costMicroUsd >= costMicroUsd);
        let last = { tokens: 0, cost: 0 };
        for (const it of actions) {
          if (it.do === 'begin' && !spent() && running.length < 4) {
            const one: Running = {
              spending: null,
              since: clock.monotonic(),
              ended: null,
              tokens: 0,
              cost: 0,
            };
            running.push(one);
            one.spending = watch.begin(() => {
              one.ended = clock.monotonic();
            });
          } else if (it.do === 'end') {
            const one = running[it.which % Math.max(1, running.length)];
            if (one) settle(one);
          } else if (it.do === 'use') {
            const one = running[it.which % Math.max(1, running.length)];
            if (one?.ended !== null) continue;
            one.tokens += it.tokens;
            one.cost += it.cost;
            used.tokens += it.tokens;
            used.costMicroUsd += it.cost;
            last = { tokens: it.tokens, cost: it.cost };
            one.spending?.used([
              {
                type: 'usage',
                payload: {
                  step: 1,
                  tokensIn: it.tokens,
                  tokensOut: 0,
                  tokensCached: 0,
                  costMicroUsd: it.cost,
                },
              },
            ]);
          } else if (it.do === 'wait') {
            clock.advance(it.ms);
            used.durationMs =
              settled.durationMs +
              running.reduce((sum, one) => sum + (one.ended ?? clock.monotonic()) - one.since, 0);
          }
          // Timers are whole milliseconds, and there is one for all that work.
          expect(used.durationMs).toBeLessThanOrEqual(durationMs + 4);
          if (tokens > 0) expect(used.tokens - last.tokens).toBeLessThan(tokens);
          if (costMicroUsd > 0) expect(used.costMicroUsd - last.cost).toBeLessThan(costMicroUsd);
          if (spent()) expect(running.every((one) => one.ended !== null)).toBe(true);
        }
        void scope.close();
      },
    ),
    { numRuns: 500 },
  );
});

it('counts no time while an agent waits for its owner, and goes on counting afterwards', () => {
  const clock = createManualClock();
  const watch = createBudgetWatch({
    clock,
    scope: createScope('budget'),
    budget: { steps: 1, durationMs: 10_000, tokens: 0, costMicroUsd: 0 },
    settled: () => ({ durationMs: 0, tokens: 0, costMicroUsd: 0 }),
  });
  let stopped = 0;
  const spending = watch.begin(() => (stopped += 1));
  clock.advance(4_000);
  spending.hold(true);
  clock.advance(86_400_000);
  expect([watch.leftMs(), stopped]).toEqual([6_000, 0]);
  spending.hold(false);
  clock.advance(5_999);
  expect(stopped).toBe(0);
  clock.advance(2);
  expect(stopped).toBe(1);
});
