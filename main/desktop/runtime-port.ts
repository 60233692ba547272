import type { HostPort } from '../api/host-port.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { LiveFeed } from '../api/live-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { NoticeDesk, Notifier } from '../shared/notifier.ts';
import type { Result } from '../shared/result.ts';

/** What the desktop host needs of the running Homer behind it. */
export interface DesktopRuntime {
  readonly dispatch: Dispatch;
  readonly live: LiveFeed;
  readonly notices: NoticeDesk;
  /** The machine sleeps or wakes: hold the timers, or catch up with one tick. */
  onPower(event: 'suspend' | 'resume'): void;
  /** On: nothing new begins, and what is in hand goes on. */
  drain(on: boolean): void;
  /** Takes up what a former host left, and begins to claim and to discover. */
  work(): void;
  /** Ends everything in order; resolves when nothing is left. */
  stop(): Promise<void>;
}

/** What boot hands to the desktop host. */
export interface DesktopOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly dataDir: string;
  /** Icons and tray images. */
  readonly resourcesDir: string;
  /** The built renderer. */
  readonly rendererDir: string;
  /** The built preload script. */
  readonly preloadPath: string;
  /** Starts the runtime; called once, after the single-instance lock is held and Electron is ready. */
  start(host: HostPort): Promise<Result<DesktopRuntime>>;
  /** Shows notices by the session's own daemon, where there is one. */
  readonly sessionNotifier?: Notifier;
  /** Opens the list of what waits where nothing shows notices. */
  quickList(open: () => void): Notifier;
  /** Whether something on this machine shows tray icons, and each later change of that; asked on Linux only. */
  watchTrayHost?(see: (there: boolean) => void): Promise<boolean>;
}
