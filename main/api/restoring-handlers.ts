import { fail } from '../shared/result.ts';
import type { Handlers } from './dispatch.ts';
import { refuseAll } from './refuse-all.ts';

/** Every operation while the database is being replaced, which takes a moment. */
export function restoringHandlers(): Handlers {
  return refuseAll(
    fail('restoring', 'Homer is going back to a backup.', {
      hint: 'It answers again in a moment; nothing that was asked for meanwhile was done.',
    }),
  );
}
