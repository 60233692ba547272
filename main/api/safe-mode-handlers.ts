import { operations, type InputOf, type OutputOf } from '../../preload/contract/operations.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Handlers } from './dispatch.ts';

/** What safe mode can say and do. */
export interface SafeModePort {
  damage(): Promise<NonNullable<OutputOf<'safeMode.get'>['damage']>>;
  restore(input: InputOf<'safeMode.restore'>): Promise<Result<OutputOf<'safeMode.restore'>>>;
}

type Names = Extract<keyof Handlers, `safeMode.${string}`>;

/** As long as all is well. */
export function soundHandlers(): Pick<Handlers, Names> {
  return {
    'safeMode.get': () => ok({ damage: null }),
    'safeMode.restore': () =>
      fail('not_damaged', 'The database is sound, so Homer is not in safe mode.', {
        hint: 'To go back to a backup all the same, quit Homer and run `homer restore`.',
      }),
  };
}

/** Every operation while the database is damaged: all but those of safe mode are refused, with where to go. */
export function safeModeHandlers(port: SafeModePort): Handlers {
  const refused = Object.fromEntries(
    Object.keys(operations).map((name) => [
      name,
      () =>
        fail('safe_mode', 'Homer is in safe mode: its database is damaged, and nothing is written to it.', {
          hint: 'Open the dashboard to go back to a backup, or quit Homer and run `homer restore --newest`.',
        }),
    ]),
  ) as unknown as Handlers;
  return {
    ...refused,
    'safeMode.get': async () => ok({ damage: await port.damage() }),
    'safeMode.restore': (input) => port.restore(input),
  };
}
