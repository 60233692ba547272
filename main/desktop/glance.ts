import type { HostState } from '../../preload/contract/host.ts';
import type { Call, OutputOf } from '../../preload/contract/operations.ts';
import type { InboxItem, Overview } from '../../preload/contract/worker.ts';
import { shownCap, type ShownCap } from '../../preload/contract/shown-cap.ts';
import type { LiveFeed } from '../api/live-port.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';

export type ActiveRun = OutputOf<'run.list'>['rows'][number];

/** What the tray, the notifications and the power blocker all look at: one reading, so that they never disagree. */
export interface Glance {
  readonly overview: Overview;
  readonly inbox: readonly InboxItem[];
  readonly inboxTotal: number;
  readonly active: readonly ActiveRun[];
  readonly host: HostState;
  /** The daily cap that is worth a word; null: there is none. */
  readonly cap: ShownCap | null;
  /** What the schedule starts next. */
  readonly next: { readonly intentId: string; readonly name: string; readonly at: string } | undefined;
}

export interface GlanceFeed {
  current(): Glance | undefined;
  /** Called with the current glance, if there is one, and with every later one. */
  watch(scope: Scope, see: (glance: Glance) => void): void;
  refresh(): Promise<void>;
  /** Reads once, then follows the live feed from there. */
  start(): Promise<void>;
}

/**
 * Reads after every live message that carries an event. Messages that come while a reading is under way lead to one more
 * reading after it, however many they are.
 */
export function createGlance(options: { call: Call; live: LiveFeed; log: Log; scope: Scope }): GlanceFeed {
  const { call, live, log, scope } = options;
  const watchers = new Set<(glance: Glance) => void>();
  let current: Glance | undefined;
  let reading: Promise<void> | undefined;
  let asked = 0;

  async function readOnce(): Promise<void> {
    const [overview, inbox, runs, host, intents, today] = await Promise.all([
      call('overview.get', {}),
      call('inbox.list', { limit: 50 }),
      call('run.list', { filter: 'active', limit: 20 }),
      call('host.get', {}),
      call('intent.list', { enabled: true, limit: 1 }),
      call('cost.today', {}),
    ]);
    const failed = [overview, inbox, runs, host, intents, today].find((reply) => !reply.ok)?.error;
    if (failed) log.warn('the tray could not read the overview', { tag: failed.tag });
    if (!overview.ok || !inbox.ok || !runs.ok || !host.ok || !intents.ok || scope.closed) return;
    const first = intents.value.rows[0];
    current = {
      overview: overview.value,
      inbox: inbox.value.items,
      inboxTotal: inbox.value.total,
      active: runs.value.rows,
      host: host.value,
      cap: today.ok ? shownCap(today.value) : null,
      next:
        first && first.nextDueAt !== null
          ? { intentId: first.id, name: first.name, at: first.nextDueAt }
          : undefined,
    };
    for (const see of watchers) see(current);
  }

  function refresh(): Promise<void> {
    asked += 1;
    if (reading) return reading;
    reading = (async () => {
      for (let answered = 0; answered < asked;) {
        answered = asked;
        await readOnce();
      }
    })().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  return {
    current: () => current,
    watch(owner, see) {
      watchers.add(see);
      owner.add('glance watcher', () => {
        watchers.delete(see);
      });
      if (current) see(current);
    },
    refresh,
    async start() {
      await refresh();
      const end = live.subscribe(current?.overview.seq ?? 0, (message) => {
        if (message.reset || message.events.length > 0) void refresh();
      });
      scope.add('live feed of the tray', end);
    },
  };
}
