import { createNoticeCentre, type NoticeCentre } from '../../approvals/notice-centre.ts';
import { createHandNotifier, type HandNotifier } from '../../approvals/testing/hand-notifier.ts';
import type { Plan } from '../../domain/proposal/plan.ts';
import { createIds } from '../../shared/ids.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import { decideItem } from '../decide-item.ts';
import { createTestApi, type TestApi } from './test-api.ts';

export const smallPlan: Plan = {
  steps: ['Do it.'],
  effort: 'small',
  risk: 'low',
  files: [],
  testCommand: '',
  proposedTestCommand: '',
  costMicroUsd: null,
  tokens: null,
  durationMs: null,
};

/** Homer's decisions over a real store, with channels that the test works by hand. */
export interface NoticeBench {
  readonly api: TestApi;
  readonly first: HandNotifier;
  readonly second: HandNotifier;
  readonly opened: string[];
  centre: NoticeCentre;
  /** Lets time pass until what is new was told. */
  settle(ms?: number): Promise<void>;
  /** As a restart of Homer: what stands in memory is gone. */
  restart(): Promise<void>;
  idea(title?: string): Promise<string>;
  decisions(id: string): Promise<string[]>;
  set(key: string, value: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function createNoticeBench(
  can: Parameters<typeof createHandNotifier>[1] = {},
): Promise<NoticeBench> {
  const api = await createTestApi();
  const opened: string[] = [];
  let scope: Scope;
  const start = (): NoticeCentre => {
    scope = createScope('notices of a test');
    const { store, clock, log } = api;
    const centre = createNoticeCentre({
      store,
      decide: decideItem,
      clock,
      ids: createIds(clock),
      log,
      scope,
      host: 'desktop',
    });
    centre.attach({
      channels: [bench.first, bench.second],
      open: (route) => void opened.push(route),
      openQuick: () => void opened.push('quick'),
    });
    return centre;
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const bench: NoticeBench = {
    api,
    first: createHandNotifier('electron', can),
    second: createHandNotifier('dbus', can),
    opened,
    centre: null as unknown as NoticeCentre,
    async settle(ms = 1_000) {
      api.clock.advance(ms);
      for (let i = 0; i < 5; i += 1) {
        await turn();
        await bench.centre.settled();
      }
    },
    async restart() {
      await scope.close();
      bench.centre = start();
      await bench.settle();
    },
    async idea(title = 'Cache the index') {
      const { proposal } = await api.did('proposal.create', { title });
      return proposal.id;
    },
    async decisions(id) {
      const { decisions } = await api.did('proposal.get', { id });
      return decisions.map(({ action, channel }) => `${action} ${channel}`);
    },
    async set(key, value) {
      await api.did('flag.set', { key, value });
    },
    async dispose() {
      await scope.close();
      await api.dispose();
    },
  };
  bench.centre = start();
  await bench.settle();
  return bench;
}
