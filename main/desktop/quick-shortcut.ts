import { globalShortcut } from 'electron';
import type { Log } from '../shared/log.ts';
import { fail, messageOf, ok, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';

export interface QuickShortcut {
  /** Registers it in place of the former one; refused, the former one stays. An empty one takes it away. */
  set(shortcut: string): Result<void>;
  /** Takes what was stored: at the start, or when the setting was changed by other means. */
  apply(stored: string): void;
  /** Why the stored one does not work; null when it does, or none is set. */
  problem(): string | null;
}

/** The global shortcut of the quick window; none until the owner sets one. */
export function createQuickShortcut(options: { press: () => void; log: Log; scope: Scope }): QuickShortcut {
  const { press, log, scope } = options;
  let held = '';
  let problem: string | null = null;

  function register(shortcut: string): boolean {
    try {
      return globalShortcut.register(shortcut, press);
    } catch (error) {
      // Electron throws at words that mean no key on this system.
      log.warn('a global shortcut was not understood', { shortcut, error: messageOf(error) });
      return false;
    }
  }

  function set(shortcut: string): Result<void> {
    if (shortcut !== held) {
      if (shortcut !== '' && !register(shortcut))
        return fail(
          'shortcut_taken',
          `${shortcut} is taken by another program, or this desktop gives out no global shortcuts.`,
          { hint: 'Choose another one, or open the quick window from the tray.' },
        );
      if (held !== '') globalShortcut.unregister(held);
      held = shortcut;
    }
    problem = null;
    return ok(undefined);
  }

  scope.add('global shortcut', () => {
    if (held !== '') globalShortcut.unregister(held);
  });
  return {
    set,
    apply(stored) {
      const applied = set(stored);
      if (applied.ok) return;
      problem = applied.error.message;
      log.warn('the global shortcut is not to be had', { shortcut: stored });
    },
    problem: () => problem,
  };
}
