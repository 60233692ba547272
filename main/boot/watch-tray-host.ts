import { connectSessionBus } from '../approvals/channels/session-bus.ts';
import type { Scope } from '../shared/scope.ts';

const theBus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};
const watcher = 'org.kde.StatusNotifierWatcher';

/** Whether a panel of this session shows tray icons, and every later change of that. Without a session bus there is none. */
export async function watchTrayHost(scope: Scope, see: (there: boolean) => void): Promise<boolean> {
  const bus = await connectSessionBus(scope);
  if (!bus.ok) return false;
  let latest: boolean | undefined;
  // Only of this one name: every program that comes or goes would wake Homer otherwise.
  await bus.value.hear(
    theBus.interface,
    (member, [name, , owner]) => {
      if (member !== 'NameOwnerChanged' || name !== watcher) return;
      latest = owner !== '';
      see(latest);
    },
    `member='NameOwnerChanged',arg0='${watcher}'`,
  );
  const [owned] = await bus.value.call(theBus, 'NameHasOwner', 's', [watcher]);
  // The answer and a change right after it may come in one piece: what came last holds.
  return latest ?? owned === true;
}
