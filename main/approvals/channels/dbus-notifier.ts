import type { Log } from '../../shared/log.ts';
import type { Notice, NoticeOutcome, Notifier } from '../../shared/notifier.ts';
import { messageOf, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { connectSessionBus, type SessionBus } from './session-bus.ts';

const target = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const urgencies = { low: 0, normal: 1, critical: 2 } as const;
const byPerson = 'default';

/**
 * Notices straight to the session's notification daemon, with buttons. It needs no Electron, so the headless host can use it
 * too. Connected at the first notice; when the bus cannot be reached each notice says so and the next one tries again.
 */
export function createDbusNotifier(options: { log: Log; scope: Scope }): Notifier {
  const { log, scope } = options;
  const name = 'dbus';
  const listeners = new Map<number, (outcome: NoticeOutcome) => void>();
  let connection: Promise<Result<SessionBus>> | undefined;

  const connect = async (): Promise<Result<SessionBus>> => {
    const bus = await connectSessionBus(scope);
    if (bus.ok) await bus.value.hear(target.interface, hear);
    return bus;
  };

  const hear = (member: string, body: unknown[]): void => {
    const [id, detail] = body;
    const tell = typeof id === 'number' ? listeners.get(id) : undefined;
    if (!tell || typeof id !== 'number') return;
    if (member === 'ActionInvoked' && detail === byPerson) tell({ kind: 'opened', by: name });
    else if (member === 'ActionInvoked' && typeof detail === 'string')
      tell({ kind: 'pressed', by: name, button: detail });
    else if (member === 'NotificationClosed') {
      listeners.delete(id);
      tell({ kind: 'closed', by: name });
    }
  };

  const send = async (notice: Notice, heard: (outcome: NoticeOutcome) => void): Promise<() => void> => {
    connection ??= connect();
    const bus = await connection;
    if (!bus.ok) {
      connection = undefined;
      heard({ kind: 'failed', by: name, reason: bus.error.message });
      return () => undefined;
    }
    const { Variant } = (await import('dbus-next')).default;
    const actions = [byPerson, 'Open', ...notice.buttons.flatMap(({ id, label }) => [id, label])];
    const hints = { urgency: new Variant('y', urgencies[notice.urgency]) };
    const [id] = await bus.value.call(target, 'Notify', 'susssasa{sv}i', [
      'Homer',
      0,
      'homer',
      notice.title,
      asText(notice.body),
      actions,
      hints,
      -1,
    ]);
    if (typeof id !== 'number') throw new Error('The notification daemon gave no number.');
    listeners.set(id, heard);
    heard({ kind: 'shown', by: name });
    return () => {
      listeners.delete(id);
      bus.value.call(target, 'CloseNotification', 'u', [id]).catch((error: unknown) => {
        log.debug('a notice was gone before it was closed', { error: messageOf(error) });
      });
    };
  };

  return {
    name,
    show(notice, heard) {
      const sent = send(notice, heard).catch((error: unknown) => {
        heard({ kind: 'failed', by: name, reason: messageOf(error) });
        return () => undefined;
      });
      return { close: () => void sent.then((close) => close()) };
    },
  };
}

/** The body may carry simple markup, which titles from the outside must not write. */
function asText(text: string): string {
  return text.replace(/[&<>]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
}
