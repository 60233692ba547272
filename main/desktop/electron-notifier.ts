import { Notification } from 'electron';
import type {
  Notice,
  NoticeOutcome,
  Notifier,
  NotifierSupport,
  NoticeView,
  OldPress,
} from '../shared/notifier.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { listen } from './listen.ts';

/** Notices still listened to; the oldest is let go first. */
const MOST_HELD = 100;
const NOTICE_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/u;

/**
 * Notices by Electron. They are held here: one that is collected as garbage loses its buttons. Closing one does not let go of it, because
 * a notice that slid into the system's list can still be pressed there. What was shown before a restart comes back by its id: macOS lists
 * it, Windows starts Homer with what was pressed.
 */
export function createElectronNotifier(options: {
  scope: Scope;
  log: Log;
  platform: NodeJS.Platform;
  /** Undefined where Electron is stood in for. */
  version: string | undefined;
}): Notifier {
  const { scope, log, platform } = options;
  const name = 'electron';
  const held = new Map<Pick<Notification, 'close'>, Scope>();
  const live = new Set<string>();
  const native = platform === 'darwin' || platform === 'win32';
  const support: NotifierSupport = {
    available: Notification.isSupported(),
    server: ['Electron', options.version].join(' ').trim(),
    actions: true,
    body: true,
    inlineReply: native,
    // macOS puts them into a menu, Windows has room for five in all.
    mostButtons: platform === 'darwin' ? 8 : 4,
    survivesRestart: native,
    note: native ? '' : 'On Linux its buttons depend on the session; try the test.',
  };

  const letGo = (shown: Pick<Notification, 'close'>): void => {
    void held.get(shown)?.close();
    held.delete(shown);
  };

  function show(notice: Notice, heard: (outcome: NoticeOutcome) => void): NoticeView {
    if (!Notification.isSupported()) {
      heard({ kind: 'failed', by: name, reason: 'This system shows no notifications.' });
      return { close: () => undefined };
    }
    const { reply } = notice;
    const shown = new Notification({
      ...(native ? { id: notice.id } : {}),
      title: notice.title,
      body: notice.body,
      urgency: notice.urgency,
      silent: notice.urgency === 'low',
      ...(notice.urgency === 'critical' ? { timeoutType: 'never' as const } : {}),
      ...(reply ? { hasReply: true, replyPlaceholder: reply.label } : {}),
      actions: notice.buttons.map((button) => ({ type: 'button' as const, text: button.label })),
    });
    const own = scope.child(`notice ${notice.id}`);
    held.set(shown, own);
    live.add(notice.id);
    const oldest = held.size > MOST_HELD ? held.keys().next().value : undefined;
    if (oldest) letGo(oldest);

    listen(own, shown, 'show', () => {
      heard({ kind: 'shown', by: name });
    });
    listen(own, shown, 'failed', (_event: unknown, reason: string) => {
      letGo(shown);
      heard({ kind: 'failed', by: name, reason });
    });
    listen(own, shown, 'action', (details: { actionIndex?: number }, index?: number) => {
      const button = notice.buttons[details.actionIndex ?? index ?? -1];
      if (button) heard({ kind: 'pressed', by: name, button: button.id });
    });
    listen(own, shown, 'reply', (details: { reply?: string }, words?: string) => {
      if (reply) heard({ kind: 'pressed', by: name, button: reply.id, text: details.reply ?? words ?? '' });
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
        shown.close();
      },
    };
  }

  function hearOld(heard: (press: OldPress) => void): void {
    if (platform === 'win32')
      Notification.handleActivation((details) => {
        const notice = NOTICE_ID.exec(details.arguments)?.[0];
        // Those that are still listened to say so themselves.
        if (notice === undefined || live.has(notice)) return;
        heard(oldPress(notice, details));
      });
    if (platform === 'darwin')
      Notification.getHistory().then(
        (left) => {
          for (const each of left.filter(({ id }) => !live.has(id))) {
            const own = scope.child(`old notice ${each.id}`);
            held.set(each, own);
            listen(own, each, 'action', (details: { actionIndex?: number }, index?: number) => {
              heard(oldPress(each.id, { type: 'action', actionIndex: details.actionIndex ?? index ?? -1 }));
            });
            listen(own, each, 'reply', (details: { reply?: string }, words?: string) => {
              heard(oldPress(each.id, { type: 'reply', reply: details.reply ?? words ?? '' }));
            });
            listen(own, each, 'click', () => {
              heard({ kind: 'opened', notice: each.id });
            });
          }
        },
        (error: unknown) => {
          log.warn('old notifications could not be listed', { error: messageOf(error) });
        },
      );
  }

  scope.add('notices', () => {
    // What the system still lists after a restart can be pressed there; elsewhere nobody would hear it.
    if (!native) for (const shown of held.keys()) shown.close();
    held.clear();
  });
  return {
    name,
    support: () => Promise.resolve(support),
    show,
    ...(native ? { hearOld } : {}),
    ...(platform === 'darwin'
      ? {
          closeOld: (notice: string) => {
            Notification.remove(notice);
          },
        }
      : {}),
  };
}

/** The place of an inline reply, as the notice centre numbers it. */
const REPLY_PLACE = 19;

function oldPress(notice: string, details: { type: string; actionIndex?: number; reply?: string }): OldPress {
  if (details.type === 'reply')
    return { kind: 'place', notice, place: REPLY_PLACE, text: details.reply ?? '' };
  if (details.type === 'action' && details.actionIndex !== undefined)
    return { kind: 'place', notice, place: details.actionIndex };
  return { kind: 'opened', notice };
}
