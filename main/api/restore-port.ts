import type { OutputOf } from '../../preload/contract/operations.ts';
import type { Result } from '../shared/result.ts';

/** What a host does to go back to a backup under its own doors. */
export interface RestorePort {
  /** Why a backup cannot be gone back to, as the end of a sentence; null: it is sound and of a schema this Homer knows. */
  faultOf(path: string): Promise<string | null>;
  /**
   * Copies and checks the backup, keeps what there is now by `keep`, ends the runtime, puts the copy in the place of the database and starts
   * the runtime with it; with the former one when that fails. The runtime that asked is gone when it resolves, unless nothing was changed.
   */
  goBack(
    backup: string,
    keep: () => Promise<Result<{ path: string }>>,
  ): Promise<Result<OutputOf<'backup.restore'>>>;
}
