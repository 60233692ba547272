import type { Result } from '../../shared/result.ts';
import type { SecretEntry, SecretsStatus } from './secret.ts';
import type { SecretValue } from './secret-value.ts';

/**
 * Tokens, keys and passwords by name. Whoever needs one keeps its name, in the database too, and asks for the value when it is
 * used; values stand in no table, log, backup, export or message.
 *
 * Failures: `not_found`; `secret_unreadable` (another keeper or key is needed, the hint says which); `secret_damaged`;
 * `keyring_failed`; `no_secret_keeper`; `invalid_input`; `disk_failed`.
 */
export interface Secrets {
  get(name: string): Promise<Result<SecretValue>>;
  /** Keeps a value under a name, in the place of one that was there. */
  set(name: string, text: string): Promise<Result<SecretEntry>>;
  delete(name: string): Promise<Result<void>>;
  /** By name. */
  list(): Promise<Result<SecretEntry[]>>;
  status(): Promise<Result<SecretsStatus>>;
}
