import type { InputOf, OutputOf } from '../../preload/contract/operations.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Handlers } from './dispatch.ts';
import { refuseAll } from './refuse-all.ts';

/** What safe mode can say and do. */
export interface SafeModePort {
  damage(): Promise<NonNullable<OutputOf<'safeMode.get'>['damage']>>;
  retry(): Promise<Result<OutputOf<'safeMode.retry'>>>;
  restore(input: InputOf<'safeMode.restore'>): Promise<Result<OutputOf<'safeMode.restore'>>>;
}

type Names = Extract<keyof Handlers, `safeMode.${string}`>;

/** As long as all is well. */
export function soundHandlers(): Pick<Handlers, Names> {
  return {
    'safeMode.get': () => ok({ damage: null }),
    'safeMode.retry': () => ok({ running: true as const }),
    'safeMode.restore': () =>
      fail('not_damaged', 'The database is sound, so Homer is not in safe mode.', {
        hint: 'To go back to a backup all the same, open Settings, Data and backups.',
      }),
  };
}

/** Every operation while the database cannot be used: all but those of safe mode are refused, with where to go. */
export function safeModeHandlers(port: SafeModePort): Handlers {
  const refused = refuseAll(
    fail('safe_mode', 'Homer is in safe mode: it cannot use its database, and nothing is written to it.', {
      hint: 'Open the dashboard to go back to a backup, or quit Homer and run `homer restore --newest`.',
    }),
  );
  return {
    ...refused,
    'safeMode.get': async () => ok({ damage: await port.damage() }),
    'safeMode.retry': () => port.retry(),
    'safeMode.restore': (input) => port.restore(input),
  };
}
