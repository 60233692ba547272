import type { HostState, LoginState, QuitHow } from '../../preload/contract/host.ts';
import type { UpdateView } from '../../preload/contract/update.ts';
import type { Result } from '../shared/result.ts';

/** What the desktop app can do for the operations about the host. The headless host has none of it. */
export interface HostPort {
  state(): Promise<
    Pick<HostState, 'leaving' | 'careful' | 'endedBadly' | 'tray'> & {
      readonly login: LoginState;
      readonly shortcutProblem: string | null;
    }
  >;
  setLaunchAtLogin(on: boolean): Promise<Result<LoginState>>;
  /** Registers it in place of the former one; refused, the former one stays. */
  setShortcut(shortcut: string): Result<void>;
  quit(how: QuitHow): Result<void>;
  /** Ends in order and starts again. */
  restart(): Result<void>;
  stay(): Result<void>;
  begin(): Result<void>;
  open(route: string): Result<void>;
  quick(shown: boolean): Result<void>;
  /** The quick window is to be so high, in pixels, within what it may be. */
  fitQuick(height: number): Result<void>;
  /** Shows a folder in the file manager. */
  openFolder(path: string): Promise<Result<void>>;
  readonly updates: UpdatesPort;
}

/** What the owner chose about updates stands in the store; the rest is known here. */
export type UpdateStatus = Omit<UpdateView, 'current' | 'mode' | 'channel'>;

/** Newer versions of the desktop app. */
export interface UpdatesPort {
  status(): UpdateStatus;
  check(): Result<void>;
  download(): Result<void>;
  restart(): Result<void>;
}
