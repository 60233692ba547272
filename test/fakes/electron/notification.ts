import { EventEmitter } from 'node:events';
import { connectSessionBus, type SessionBus } from '../../../main/approvals/channels/session-bus.ts';
import { createScope } from '../../../main/shared/scope.ts';

const target = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const byServer = new Map<number, Notification>();
let bus: Promise<SessionBus | undefined> | undefined;

async function connect(): Promise<SessionBus | undefined> {
  const connected = await connectSessionBus(createScope('stand-in notifications'));
  if (!connected.ok) return undefined;
  await connected.value.hear(target.interface, (member, [id, detail]) => {
    const shown = byServer.get(id as number);
    if (!shown) return;
    if (member === 'ActionInvoked' && detail === 'default') shown.emit('click', {});
    else if (member === 'ActionInvoked') shown.press(Number(detail));
    else if (member === 'NotificationClosed') shown.emit('close', { reason: 'userCanceled' });
  });
  return connected.value;
}

/** Every notification that was made, for tests. */
export const notifications: Notification[] = [];

/** Shown by the real daemon of the session. Without one nothing happens at all, which is what Electron on Linux does. */
export class Notification extends EventEmitter {
  static silenced = false;
  readonly options: Electron.NotificationConstructorOptions;
  server: number | undefined;
  closed = false;
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.options = options;
    notifications.push(this);
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    if (!Notification.silenced) void this.send();
  }
  close(): void {
    this.closed = true;
    if (this.server !== undefined)
      void bus?.then((session) =>
        session?.call(target, 'CloseNotification', 'u', [this.server]).catch((error: unknown) => {
          this.emit('failed', {}, String(error));
        }),
      );
  }
  /** A button, by its place. */
  press(actionIndex: number): void {
    this.emit('action', { actionIndex, selectionIndex: -1 }, actionIndex, -1);
  }
  private async send(): Promise<void> {
    bus ??= connect();
    const session = await bus;
    if (!session) return;
    const { Variant } = (await import('dbus-next')).default;
    const buttons = (this.options.actions ?? []).flatMap(({ text }, index) => [String(index), text ?? '']);
    const urgency = { low: 0, normal: 1, critical: 2 }[this.options.urgency ?? 'normal'];
    const [id] = await session.call(target, 'Notify', 'susssasa{sv}i', [
      'Homer',
      0,
      '',
      this.options.title ?? '',
      this.options.body ?? '',
      ['default', 'View', ...buttons],
      { urgency: new Variant('y', urgency) },
      -1,
    ]);
    this.server = id as number;
    byServer.set(this.server, this);
    this.emit('show', {});
    if (this.closed) this.close();
  }
}
export const checkedNotification = Notification satisfies (new (
  options?: Electron.NotificationConstructorOptions,
) => Pick<Electron.Notification, 'show' | 'close'>) &
  Pick<typeof Electron.Notification, 'isSupported'>;
