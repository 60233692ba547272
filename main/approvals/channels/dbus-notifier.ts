import { pathToFileURL } from 'node:url';
import type { Log } from '../../shared/log.ts';
import type { Notice, NoticeOutcome, Notifier, NotifierSupport, OldPress } from '../../shared/notifier.ts';
import { messageOf, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { askDesktopQuiet } from './desktop-quiet.ts';
import { connectSessionBus, type SessionBus } from './session-bus.ts';

const target = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const urgencies = { low: 0, normal: 1, critical: 2 } as const;
/** The name of the desktop file of packages, and of their icon. */
const DESKTOP_NAME = 'homer-desktop';
const byPerson = 'default';
const reply = 'inline-reply';
const none: NotifierSupport = {
  available: false,
  server: '',
  actions: false,
  body: false,
  inlineReply: false,
  mostButtons: 0,
  survivesRestart: false,
  note: '',
};

interface Shown {
  readonly heard: (outcome: NoticeOutcome) => void;
  /** What an inline reply answers. */
  readonly reply: string | undefined;
}

/**
 * Notices straight to the session's notification daemon, with buttons. It needs no Electron, so the headless host can use it
 * too. Each button is named by its token, so that one pressed after a restart of Homer still says what it stands for, where the daemon
 * tells everyone. Connected at the first use; when the bus cannot be reached each notice says so and the next one tries again.
 */
export function createDbusNotifier(options: {
  log: Log;
  scope: Scope;
  /** A file with the picture beside each notice; without it the one that an installed package is known by. */
  icon?: string | undefined;
}): Notifier {
  const { log, scope } = options;
  const icon = options.icon === undefined ? DESKTOP_NAME : pathToFileURL(options.icon).href;
  const name = 'dbus';
  const shown = new Map<number, Shown>();
  let connection: Promise<Result<SessionBus>> | undefined;
  let supported: NotifierSupport | undefined;
  let old: ((press: OldPress) => void) | undefined;

  const connect = (): Promise<Result<SessionBus>> => {
    connection ??= (async () => {
      const bus = await connectSessionBus(scope, () => {
        connection = undefined;
        supported = undefined;
      });
      if (bus.ok) await bus.value.hear(target.interface, hear);
      else connection = undefined;
      return bus;
    })();
    return connection;
  };

  const hear = (member: string, body: unknown[]): void => {
    const [id, detail] = body;
    if (typeof id !== 'number') return;
    const known = shown.get(id);
    if (!known) {
      hearOther(member, id, detail);
      return;
    }
    if (member === 'ActionInvoked' && detail === byPerson) known.heard({ kind: 'opened', by: name });
    else if (member === 'NotificationReplied' && known.reply !== undefined && typeof detail === 'string')
      known.heard({ kind: 'pressed', by: name, button: known.reply, text: detail });
    else if (member === 'ActionInvoked' && typeof detail === 'string' && detail !== reply)
      known.heard({ kind: 'pressed', by: name, button: detail });
    else if (member === 'NotificationClosed') {
      shown.delete(id);
      known.heard({ kind: 'closed', by: name });
    }
  };

  /** What this start did not show: an earlier one did, or another program. */
  const hearOther = (member: string, id: number, detail: unknown): void => {
    if (member !== 'ActionInvoked' || typeof detail !== 'string') return;
    if (detail.startsWith('tdec:')) old?.({ kind: 'button', button: detail });
    else if (detail === byPerson) old?.({ kind: 'opened_ref', ref: String(id) });
  };

  const support = async (): Promise<NotifierSupport> => {
    if (supported) return supported;
    const bus = await connect();
    if (!bus.ok) return { ...none, note: bus.error.message };
    try {
      const [capabilities] = await bus.value.call(target, 'GetCapabilities', '', []);
      const [server, , version] = await bus.value.call(target, 'GetServerInformation', '', []);
      const can = Array.isArray(capabilities) ? capabilities : [];
      supported = {
        available: true,
        server: [server, version].filter((part) => typeof part === 'string' && part !== '').join(' '),
        actions: can.includes('actions'),
        body: can.includes('body'),
        inlineReply: can.includes(reply),
        // GNOME drops what is beyond three; a row of more than four does not fit elsewhere.
        mostButtons: /gnome/iu.test(String(server)) ? 3 : 4,
        survivesRestart: can.includes('actions') && !/dunst/iu.test(String(server)),
        note: can.includes('actions') ? '' : 'It shows no buttons; a click opens the item.',
      };
      return supported;
    } catch (error) {
      return { ...none, note: `Nothing shows notifications in this session: ${messageOf(error)}` };
    }
  };

  const send = async (notice: Notice, heard: (outcome: NoticeOutcome) => void): Promise<() => void> => {
    const bus = await connect();
    if (!bus.ok) {
      heard({ kind: 'failed', by: name, reason: bus.error.message });
      return () => undefined;
    }
    const { Variant } = (await import('dbus-next')).default;
    const actions = [
      byPerson,
      'Open',
      ...(notice.reply ? [reply, notice.reply.label] : []),
      ...notice.buttons.flatMap(({ id, label }) => [id, label]),
    ];
    const hints = {
      urgency: new Variant('y', urgencies[notice.urgency]),
      'desktop-entry': new Variant('s', DESKTOP_NAME),
      'suppress-sound': new Variant('b', notice.urgency === 'low'),
    };
    const [id] = await bus.value.call(target, 'Notify', 'susssasa{sv}i', [
      'Homer',
      0,
      icon,
      notice.title,
      asText(notice.body),
      actions,
      hints,
      // What is urgent stays until it is dealt with.
      notice.urgency === 'critical' ? 0 : -1,
    ]);
    if (typeof id !== 'number') throw new Error('The notification daemon gave no number.');
    shown.set(id, { heard, reply: notice.reply?.id });
    heard({ kind: 'shown', by: name, ref: String(id) });
    return () => {
      shown.delete(id);
      close(bus.value, id);
    };
  };

  const close = (bus: SessionBus, id: number): void => {
    bus.call(target, 'CloseNotification', 'u', [id]).catch((error: unknown) => {
      log.debug('a notice was gone before it was closed', { error: messageOf(error) });
    });
  };

  return {
    name,
    support,
    show(notice, heard) {
      const sent = send(notice, heard).catch((error: unknown) => {
        heard({ kind: 'failed', by: name, reason: messageOf(error) });
        return () => undefined;
      });
      return { close: () => void sent.then((take) => take()) };
    },
    hearOld(heard) {
      old = heard;
      connect().catch((error: unknown) => {
        log.warn('the session bus could not be heard', { error: messageOf(error) });
      });
    },
    closeOld(_notice, ref) {
      void connect().then((bus) => {
        if (bus.ok) close(bus.value, Number(ref));
      });
    },
    async desktopIsQuiet() {
      const bus = await connect();
      return bus.ok && (await askDesktopQuiet(bus.value));
    },
  };
}

/** The body may carry simple markup, which titles from the outside must not write. */
function asText(text: string): string {
  return text.replace(/[&<>]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
}
