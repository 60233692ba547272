import { signedIn, type SignedIn } from '../domain/account/signed-in.ts';
import type { Read, Write } from './database.ts';
import { int, text, textOrNull } from './row.ts';
import { schemaOf } from '../domain/list-schema.ts';

/** An executor as it was seen on this machine. */
export interface FoundExecutor {
  readonly name: string;
  readonly label: string;
  /** It is there, and Homer can work with it. */
  readonly ready: boolean;
  readonly signedIn: SignedIn;
}

export function listFoundExecutors(read: Read): FoundExecutor[] {
  return read
    .prepare('SELECT name, label, ready, signed_in FROM executor_found ORDER BY name')
    .all()
    .map((row) => ({
      name: text(row, 'name'),
      label: text(row, 'label'),
      ready: int(row, 'ready') === 1,
      signedIn: schemaOf(signedIn).parse(text(row, 'signed_in')),
    }));
}

/** When this machine was looked at last; null: never. */
export function lastLookAtExecutors(read: Read): string | null {
  const row = read.prepare('SELECT MAX(looked_at) AS at FROM executor_found').get();
  return row ? textOrNull(row, 'at') : null;
}

export function putFoundExecutors(write: Write, found: readonly FoundExecutor[]): void {
  write.prepare('DELETE FROM executor_found').run();
  const insert = write.prepare(
    'INSERT INTO executor_found (name, label, ready, signed_in, looked_at) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { name, label, ready, signedIn: signed } of found)
    insert.run(name, label, ready ? 1 : 0, signed, write.now);
}
