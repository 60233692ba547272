import { routeOfItem, entityOfKind } from '../domain/inbox/inbox-item.ts';
import { formatTime, parseTime, type Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import {
  lastNoticeAt,
  countNoticesSince,
  findNotice,
  insertNotice,
  recordOutcome,
} from '../store/notice-store.ts';
import type { Store } from '../store/store.ts';
import {
  forgetNoticeOf,
  forgetTold,
  listOutdated,
  listUntold,
  recordTold,
  stillShown,
  type Untold,
} from '../store/told-store.ts';
import { quietNow, readCalm, type CalmSettings } from './calm.ts';
import { DIGEST_SPAN_MS, digestIsDue, digestText, untilDigest } from './digest.ts';
import { noticeText } from './notice-text.ts';
import { planTelling } from './plan-telling.ts';

/** What comes within this is looked at together. */
const GATHER_MS = 700;
/** Over how long notices are counted, so that there are never too many. */
export const WINDOW_MS = 600_000;
/** While something is held back, or a digest is to come, it is looked at least this often, whatever the clock does. */
const LOOK_AGAIN_MS = 600_000;
/** The desktop does not say when its own quiet ends. */
const ASK_DESKTOP_MS = 60_000;
const MOST_READ = 500;
const WHAT_CHANGES_IT = new Set(['proposal', 'run', 'intent', 'flag']);

export interface Teller {
  /** Looks soon at what waits and was not told, as often as it is asked. */
  look(): void;
  /** Resolves when nothing is being looked at. */
  settled(): Promise<void>;
}

/**
 * Decides what the owner is told, and when. What was told stands in the store, so that nothing is told twice, also not after a restart; what
 * may not be told yet is held there and told once it may. A notice whose item is gone, or changed, is withdrawn. Looks after each commit
 * that may change what waits, and when a quiet time ends.
 */
export function createTeller(options: {
  store: Store;
  clock: Clock;
  log: Log;
  scope: Scope;
  settings: () => CalmSettings;
  /** Whether anybody could be told now. */
  ready: () => boolean;
  desktopIsQuiet: () => Promise<boolean>;
  /** Shows a notice that stands in the store; `item`: with the choices on it. */
  show: (
    noticeId: string,
    notice: { title: string; body: string; route: string },
    item: Untold | null,
  ) => void;
  withdraw: (noticeId: string) => void;
}): Teller {
  const { store, clock, log, scope, settings } = options;
  let looking: Promise<void> | null = null;
  let asked = false;
  let gathering = false;
  let cancel = (): void => undefined;

  const soon = (): void => {
    if (gathering || scope.closed) return;
    gathering = true;
    clock.after(scope, GATHER_MS, () => {
      gathering = false;
      lookNow();
    });
  };
  scope.add(
    'what waits',
    store.onCommit(({ events }) => {
      if (options.ready() && events.some(({ entity }) => WHAT_CHANGES_IT.has(entity))) {
        // What was decided elsewhere goes at once; what is new is gathered.
        withdrawOutdated();
        soon();
      }
    }),
  );
  return {
    look: soon,
    async settled() {
      await looking;
    },
  };

  function lookNow(): void {
    if (looking) {
      asked = true;
      return;
    }
    looking = (async () => {
      do {
        asked = false;
        await lookOnce();
      } while (asked as boolean);
    })()
      .catch((error: unknown) => {
        log.error('what waits could not be told', { error: messageOf(error) });
      })
      .finally(() => {
        looking = null;
      });
  }

  async function lookOnce(): Promise<void> {
    if (!options.ready() || scope.closed) return;
    withdrawOutdated();
    const calm = settings();
    const now = clock.now();
    const manual = quietNow({ ...calm, quietHours: null }, now, false);
    if (manual === null && store.read((read) => digestIsDue(read, calm, now))) tellDigest(now);
    let next = untilDigest(calm, now);

    let untold = store.read((read) => listUntold(read, MOST_READ));
    if (untold.length > 0) {
      const desktopQuiet = calm.desktopQuiet && (await options.desktopIsQuiet());
      // It may have been decided while the desktop was asked.
      untold = store.read((read) => listUntold(read, MOST_READ));
      const quiet = quietNow(calm, clock.now(), desktopQuiet);
      const recent = store.read((read) => countNoticesSince(read, formatTime(clock.now() - WINDOW_MS)));
      const plan = planTelling(untold, calm, { quiet, room: calm.most - recent.count });
      for (const { item, why } of plan.off) suppress(item, why, '');
      for (const { item, why } of plan.held) if (item.held !== why) suppress(item, why, why);
      for (const items of plan.summaries) tellMany(items);
      for (const item of plan.singles) tellOne(item);
      if (plan.held.length > 0) {
        const ends =
          quiet?.until ??
          (quiet
            ? clock.now() + ASK_DESKTOP_MS
            : parseTime(recent.first ?? formatTime(clock.now())) + WINDOW_MS);
        next = Math.min(next ?? LOOK_AGAIN_MS, Math.max(1_000, ends - clock.now() + 1));
      }
    }
    cancel();
    if (next !== null) cancel = clock.after(scope, Math.min(next, LOOK_AGAIN_MS), lookNow);
  }

  /** Not told now. `held`: why it comes later; empty when it never does. */
  function suppress(item: Untold, why: string, held: string): void {
    store.write((write) => {
      const text = noticeText(write, item);
      // Held back for another reason than before: that it was is known already.
      if (item.held === '')
        insertNotice(
          write,
          { kind: 'item', itemKey: item.key, ...text, route: routeOf(item) },
          { outcome: 'suppressed', detail: why },
        );
      recordTold(write, item, { noticeId: null, held });
    });
  }

  function tellOne(item: Untold): void {
    const { id, text } = store.write((write) => {
      const text = noticeText(write, item);
      const id = insertNotice(
        write,
        { kind: 'item', itemKey: item.key, ...text, route: routeOf(item) },
        { outcome: 'sent' },
      );
      recordTold(write, item, { noticeId: id, held: '' });
      return { id, text };
    });
    options.show(id, { ...text, route: routeOf(item) }, item);
  }

  function tellMany(items: readonly Untold[]): void {
    const ideas = items.every(({ kind }) => kind === 'idea');
    const notice = {
      title: `${String(items.length)} ${ideas ? `new idea${items.length === 1 ? '' : 's'}` : items.length === 1 ? 'thing needs you' : 'things need you'}`,
      body: items
        .map(
          (item) => `${entityOfKind(item.kind) === 'run' ? '#' : 'P-'}${String(item.number)}  ${item.title}`,
        )
        .join('\n')
        .slice(0, 400),
      route: '/inbox',
    };
    const id = store.write((write) => {
      const made = insertNotice(write, { kind: 'summary', itemKey: '', ...notice }, { outcome: 'sent' });
      for (const item of items) recordTold(write, item, { noticeId: made, held: '' });
      return made;
    });
    options.show(id, notice, null);
  }

  function tellDigest(now: number): void {
    const { id, notice } = store.write((write) => {
      const since = lastNoticeAt(write, 'digest');
      const from = Math.max(now - DIGEST_SPAN_MS, since === null ? 0 : parseTime(since));
      const notice = { ...digestText(write, formatTime(from)), route: '/briefings' };
      return {
        id: insertNotice(write, { kind: 'digest', itemKey: '', ...notice }, { outcome: 'sent' }),
        notice,
      };
    });
    options.show(id, notice, null);
  }

  function withdrawOutdated(): void {
    const outdated = store.read(listOutdated);
    if (outdated.length === 0) return;
    const gone = store.write((write) => {
      for (const { key, gone } of outdated)
        if (gone) forgetTold(write, key);
        else forgetNoticeOf(write, key);
      const ids = new Set(outdated.flatMap(({ noticeId }) => noticeId ?? []));
      const withdrawn = [...ids].filter((id) => !stillShown(write, id));
      for (const id of withdrawn)
        if (findNotice(write, id)?.outcome !== 'pressed')
          recordOutcome(write, id, { outcome: 'withdrawn', channel: '' });
      return withdrawn;
    });
    for (const id of gone) options.withdraw(id);
  }
}

export function calmOf(store: Store, host: 'desktop' | 'headless' | 'cli'): () => CalmSettings {
  return () => store.read((read) => readCalm(read, host));
}

function routeOf(item: Untold): string {
  return routeOfItem({ entity: entityOfKind(item.kind), entityId: item.entityId, kind: item.kind });
}
