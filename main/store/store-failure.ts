import { FailureError, messageOf } from '../shared/result.ts';

const KNOWN: readonly { code: string; tag: string; message: string; hint: string }[] = [
  {
    code: 'SQLITE_FULL',
    tag: 'disk_full',
    message: 'There is no room left for Homer’s data.',
    hint: 'Free some disk space; Homer goes on by itself.',
  },
  {
    code: 'SQLITE_READONLY',
    tag: 'read_only',
    message: 'Homer cannot write to its data folder.',
    hint: 'Make the folder writable; Homer goes on by itself.',
  },
  {
    code: 'SQLITE_CANTOPEN',
    tag: 'read_only',
    message: 'Homer cannot open its data folder.',
    hint: 'Make the folder writable; Homer goes on by itself.',
  },
  {
    code: 'SQLITE_IOERR',
    tag: 'disk_failed',
    message: 'The disk with Homer’s data does not answer.',
    hint: 'Check the disk; Homer goes on by itself.',
  },
  {
    code: 'SQLITE_BUSY',
    tag: 'store_busy',
    message: 'Another program holds Homer’s database.',
    hint: 'Close it; Homer goes on by itself.',
  },
  {
    code: 'SQLITE_CORRUPT',
    tag: 'database_damaged',
    message: 'Homer’s database is damaged.',
    hint: 'Quit Homer and run `homer restore --newest`: it sets the damaged file aside and goes back to the newest good backup.',
  },
];

/** What the disk did to a transaction, as an expected failure; null for what is a bug. Nothing of the transaction was kept. */
export function storeFailure(error: unknown): FailureError | null {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return null;
  const known = KNOWN.find((candidate) => code.startsWith(candidate.code));
  if (!known) return null;
  const { tag, message, hint } = known;
  return new FailureError({ tag, message: `${message} (${messageOf(error)})`, hint });
}

/** Whether an error says that the store cannot be written now, and that the same work may succeed later. */
export function isStoreFailure(error: unknown): error is FailureError {
  return error instanceof FailureError && KNOWN.some(({ tag }) => tag === error.failure.tag);
}
