import { FailureError, messageOf } from '../shared/result.ts';

const TAGS: readonly (readonly [code: string, tag: string, message: string, hint: string])[] = [
  [
    'SQLITE_FULL',
    'disk_full',
    'There is no room left for Homer’s data.',
    'Free some disk space; Homer goes on by itself.',
  ],
  [
    'SQLITE_READONLY',
    'read_only',
    'Homer cannot write to its data folder.',
    'Make the folder writable; Homer goes on by itself.',
  ],
  [
    'SQLITE_CANTOPEN',
    'read_only',
    'Homer cannot open its data folder.',
    'Make the folder writable; Homer goes on by itself.',
  ],
  [
    'SQLITE_IOERR',
    'disk_failed',
    'The disk with Homer’s data does not answer.',
    'Check the disk; Homer goes on by itself.',
  ],
  [
    'SQLITE_BUSY',
    'store_busy',
    'Another program holds Homer’s database.',
    'Close it; Homer goes on by itself.',
  ],
];

/** What the disk did to a transaction, as an expected failure; null for what is a bug. Nothing of the transaction was kept. */
export function storeFailure(error: unknown): FailureError | null {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return null;
  const known = TAGS.find(([prefix]) => code.startsWith(prefix));
  if (!known) return null;
  const [, tag, message, hint] = known;
  return new FailureError({ tag, message: `${message} (${messageOf(error)})`, hint });
}

/** Whether an error says that the store cannot be written now, and that the same work may succeed later. */
export function isStoreFailure(error: unknown): error is FailureError {
  return error instanceof FailureError && TAGS.some(([, tag]) => tag === error.failure.tag);
}
