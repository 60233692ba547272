import type { Result } from '../../shared/result.ts';
import type { KeeperState, SecretKeeperKind } from './secret.ts';

/**
 * Something that keeps values: a keyring of the system, or a cipher. What `seal` answers is written to a file of its own and is all
 * that Homer keeps; it tells nothing of the value. It is bound to the name: under another one it does not open.
 */
export interface SecretKeeper {
  readonly kind: SecretKeeperKind;
  state(): Promise<KeeperState>;
  seal(name: string, text: string): Promise<Result<string>>;
  /** `stale`: its key was renewed, so it is to be sealed again. */
  open(name: string, sealed: string): Promise<Result<{ text: string; stale: boolean }>>;
  /** Lets go of what is kept elsewhere for this seal. */
  forget(sealed: string): Promise<Result<void>>;
}
