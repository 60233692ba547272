import type { UpdateChannel } from '../../domain/update/update.ts';
import type { Failure, Result } from '../../shared/result.ts';

/** A newer version whose signature holds. */
export interface FoundUpdate {
  readonly version: string;
  /** As plain text. */
  readonly notes: string;
}

/** Where newer versions come from. Every request to the update server is one of these calls. */
export interface UpdateSource {
  /** Null: nothing newer on this channel. */
  check(channel: UpdateChannel): Promise<Result<FoundUpdate | null>>;
  /** Gets what `check` found, and refuses it when it is not what was signed. */
  download(progress: (done: number, all: number) => void): Promise<Result<void>>;
  /** Ends a download under way. */
  cancel(): void;
  /**
   * Called last of all, with everything stopped. `leaving`: the installer ends this process itself; `done`: end it now.
   * A failure means that what runs was left as it is.
   */
  install(restart: boolean): InstallOutcome;
}

export type InstallOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'leaving' }
  | { readonly outcome: 'failed'; readonly failure: Failure };
