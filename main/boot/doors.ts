import type { CallContext, Dispatch } from '../api/dispatch.ts';
import type { LiveFeed } from '../api/live-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { NoticeDesk, NoticeSurface, Notifier } from '../shared/notifier.ts';
import { createScope } from '../shared/scope.ts';
import type { LiveMessage } from '../../preload/contract/live.ts';
import type { RunningHomer } from './running-homer.ts';

/** How long calls that are under way may take before the runtime under them ends. */
const CALLS_WITHIN_MS = 3_000;
/** Asks for the very thing that waits for the others. */
const NOT_WAITED_FOR: ReadonlySet<string> = new Set(['backup.restore']);

/** What a host holds on to while the runtime behind it ends and another takes its place. */
export interface Doors {
  readonly dispatch: Dispatch;
  readonly live: LiveFeed;
  readonly notices: NoticeDesk;
  work(): void;
  drain(on: boolean): void;
  /** The runtime that answers now; null: none does, and `standIn` answers. */
  running(): RunningHomer | null;
  /** From now on this runtime answers; who listened to an earlier one reads everything again. */
  put(running: RunningHomer): void;
  /** From now on `standIn` answers; resolves when the calls that were under way have their answers, or have had their time. */
  shut(standIn: Dispatch): Promise<void>;
  /** Who listens reads everything again now. */
  reset(): void;
}

interface Listener {
  after: number;
  readonly receive: (message: LiveMessage) => void;
  end: () => void;
}

export function createDoors({ clock, log }: { clock: Clock; log: Log }): Doors {
  let running: RunningHomer | null = null;
  let standIn: Dispatch | null = null;
  let toWork = false;
  let surface: NoticeSurface | null = null;
  const calls = new Set<Promise<unknown>>();
  const listeners = new Set<Listener>();

  /** `fresh`: what it has seen is of another past. */
  function listen(one: Listener, to: RunningHomer, fresh: boolean): void {
    let first = fresh;
    one.end = to.live.subscribe(one.after, (message) => {
      one.after = message.seq;
      one.receive(first ? { ...message, events: [], tails: {}, reset: true } : message);
      first = false;
    });
  }

  return {
    running: () => running,
    async dispatch(name: string, input: unknown, context: CallContext) {
      const answers = running?.dispatch ?? standIn;
      if (!answers) throw new Error('nothing stands behind the doors yet');
      const call = answers(name, input, context);
      if (!NOT_WAITED_FOR.has(name)) {
        calls.add(call);
        void call.finally(() => calls.delete(call));
      }
      return call;
    },
    live: {
      subscribe(after, receive) {
        const one: Listener = { after, receive, end: () => undefined };
        listeners.add(one);
        if (running) listen(one, running, false);
        // Who was connected before reads everything again, and so learns that nothing is there now.
        else receive({ from: after, seq: after, events: [], tails: {}, reset: true });
        return () => {
          listeners.delete(one);
          one.end();
        };
      },
    },
    notices: {
      attach(offered) {
        surface = heardOnce(offered);
        running?.notices.attach(surface);
      },
      tell(title, body, route) {
        if (running) running.notices.tell(title, body, route);
        else log.warn('a notice while nothing runs', { title, body });
      },
    },
    work() {
      toWork = true;
      running?.work();
    },
    drain(on) {
      running?.drain(on);
    },
    put(next) {
      running = next;
      standIn = null;
      if (surface) next.notices.attach(surface);
      if (toWork) next.work();
      for (const one of listeners) listen(one, next, true);
    },
    reset() {
      for (const { after, receive } of listeners)
        receive({ from: after, seq: after, events: [], tails: {}, reset: true });
    },
    async shut(instead) {
      running = null;
      standIn = instead;
      for (const one of listeners) one.end();
      const patience = createScope('calls under way');
      await Promise.race([Promise.allSettled(calls), clock.sleep(patience, CALLS_WITHIN_MS)]);
      await patience.close();
    },
  };
}

/** A channel hears presses of old notices once, whichever runtime they then go to. */
function heardOnce(surface: NoticeSurface): NoticeSurface {
  return { ...surface, channels: surface.channels.map(passingOn) };
}

function passingOn(channel: Notifier): Notifier {
  if (!channel.hearOld) return channel;
  let heard: Parameters<NonNullable<Notifier['hearOld']>>[0] | null = null;
  return {
    ...channel,
    hearOld(next) {
      const before = heard;
      heard = next;
      if (before === null) channel.hearOld?.((press) => heard?.(press));
    },
  };
}
