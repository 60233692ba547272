import type { Notifier } from '../../shared/notifier.ts';

/** Where nothing shows notifications: the list of what waits opens, with its buttons. It is not opened again while it is. */
export function createQuickList(openQuick: () => void): Notifier {
  return {
    name: 'quick',
    support: () =>
      Promise.resolve({
        available: true,
        server: 'Quick approve',
        actions: false,
        body: true,
        inlineReply: false,
        mostButtons: 0,
        survivesRestart: true,
        note: 'Opens the list of what waits, where nothing else shows a notification.',
      }),
    show(_notice, heard) {
      openQuick();
      heard({ kind: 'shown', by: 'quick' });
      return { close: () => undefined };
    },
  };
}
