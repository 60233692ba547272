import type { SessionBus } from './session-bus.ts';

const NOTIFICATIONS = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
};
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/**
 * Whether the desktop's own do-not-disturb is on, asked in the ways that desktops tell: KDE by a property of the notification server, dunst
 * by one of its own, Xfce in its settings. Where none answers it is off, and the desktop holds notices back by itself if it does.
 */
export async function askDesktopQuiet(bus: SessionBus): Promise<boolean> {
  // Asked only of what is there: a question must not start a program.
  const ask = async (destination: string, path: string, face: string, member: string, words: string[]) =>
    (await bus.owned(destination))
      ? await bus.call({ destination, path, interface: face }, member, 'ss', words)
      : [];
  const property = (of: string, name: string) => () =>
    ask(NOTIFICATIONS.destination, NOTIFICATIONS.path, PROPERTIES, 'Get', [of, name]);
  const ways = [
    property('org.freedesktop.Notifications', 'Inhibited'),
    property('org.dunstproject.cmd0', 'paused'),
    () =>
      ask('org.xfce.Xfconf', '/org/xfce/Xfconf', 'org.xfce.Xfconf', 'GetProperty', [
        'xfce4-notifyd',
        '/do-not-disturb',
      ]),
  ];
  const answers = await Promise.allSettled(ways.map((way) => way()));
  return answers.some((answer) => answer.status === 'fulfilled' && valueOf(answer.value[0]) === true);
}

/** A property comes wrapped in a variant. */
function valueOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : answer;
}
