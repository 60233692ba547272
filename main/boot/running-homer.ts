import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import type { HostPort } from '../api/host-port.ts';
import type { RestorePort } from '../api/restore-port.ts';
import type { Installation } from './folders.ts';
import type { WhatReplaced } from './settle-what-replaced.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { LiveFeed } from '../api/live-port.ts';
import type { NoticeDesk } from '../shared/notifier.ts';

export interface RuntimeOptions {
  readonly host: 'desktop' | 'headless' | 'cli';
  readonly version: string;
  readonly dataDir: string;
  readonly installation: Installation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
  /** What only this host can keep secrets with; preferred to what every host has. */
  readonly keepers?: readonly SecretKeeper[];
  readonly hostPort?: HostPort | undefined;
  /** Goes back to a backup while this host runs; a command of its own has nobody to do it. */
  readonly restorePort?: RestorePort | undefined;
  /** The caller holds the instance lock, and keeps it while this runtime ends and another takes its place. */
  readonly locked?: boolean;
}

export interface RunningHomer {
  /** What became of the work in a database that was restored or imported since the last start; null: it was not. */
  readonly replaced: WhatReplaced | null;
  readonly dispatch: Dispatch;
  readonly live: LiveFeed;
  /** Tells the owner what waits, once a host lends it something to show notices with. */
  readonly notices: NoticeDesk;
  /** Takes up what a former host left, and begins to claim and discover. Without it, only what is asked for is done. */
  work(): void;
  /** On: nothing new begins, and what is in hand goes on; the views of the host read again. */
  drain(on: boolean): void;
  /** Resolves when no plan is being written; for a command that ends after what it was asked. */
  settled(): Promise<void>;
  /** The machine sleeps or wakes: on waking, one tick catches up. */
  onPower(event: 'suspend' | 'resume'): void;
  /** Ends everything in order. Children that work go on and are taken up at the next start. */
  stop(): Promise<void>;
}
