import { Notification } from 'electron';
import type { Clock } from '../shared/clock.ts';
import type { Notice, NoticeOutcome, Notifier, NoticeView } from '../shared/notifier.ts';
import type { Scope } from '../shared/scope.ts';
import { listen } from './listen.ts';

/** `show` comes within milliseconds where notifications work; unsigned on macOS it may never come, without `failed`. */
const SHOWN_WITHIN_MS = 4_000;

/** Notices still listened to; the oldest is let go first. */
const MOST_HELD = 100;

/**
 * Notices by Electron. One that is not shown in time, or fails, goes to `fallback` once; the outcome names who showed it.
 * They are held here: one that is collected as garbage loses its buttons. Closing one does not let go of it, because a notice
 * that slid into the system's list can still be pressed there.
 */
export function createElectronNotifier(options: {
  clock: Clock;
  scope: Scope;
  fallback?: Notifier;
}): Notifier {
  const { clock, scope, fallback } = options;
  const name = 'electron';
  const held = new Map<Notification, Scope>();

  const letGo = (shown: Notification): void => {
    void held.get(shown)?.close();
    held.delete(shown);
  };

  function show(notice: Notice, heard: (outcome: NoticeOutcome) => void): NoticeView {
    let instead: NoticeView | undefined;
    const giveUp = (reason: string): void => {
      heard({ kind: 'failed', by: name, reason });
      if (fallback) instead = fallback.show(notice, heard);
    };
    if (!Notification.isSupported()) {
      giveUp('This system shows no notifications.');
      return { close: () => instead?.close() };
    }

    const shown = new Notification({
      title: notice.title,
      body: notice.body,
      urgency: notice.urgency,
      silent: notice.urgency === 'low',
      actions: notice.buttons.map((button) => ({ type: 'button' as const, text: button.label })),
    });
    const own = scope.child(`notice ${notice.id}`);
    held.set(shown, own);
    const oldest = held.size > MOST_HELD ? held.keys().next().value : undefined;
    if (oldest) letGo(oldest);

    const stopWatch = clock.after(own, SHOWN_WITHIN_MS, () => {
      letGo(shown);
      shown.close();
      giveUp('The system never showed it.');
    });
    listen(own, shown, 'show', () => {
      stopWatch();
      heard({ kind: 'shown', by: name });
    });
    listen(own, shown, 'failed', (_event: unknown, reason: string) => {
      letGo(shown);
      giveUp(reason);
    });
    listen(own, shown, 'action', (details: { actionIndex?: number }, index?: number) => {
      const button = notice.buttons[details.actionIndex ?? index ?? -1];
      if (button) heard({ kind: 'pressed', by: name, button: button.id });
    });
    listen(own, shown, 'click', () => {
      heard({ kind: 'opened', by: name });
    });
    listen(own, shown, 'close', () => {
      heard({ kind: 'closed', by: name });
    });
    shown.show();

    return {
      close() {
        stopWatch();
        shown.close();
        instead?.close();
      },
    };
  }

  scope.add('notices', () => {
    for (const shown of held.keys()) shown.close();
    held.clear();
  });
  return { name, show };
}
