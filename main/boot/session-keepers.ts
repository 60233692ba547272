import { connectSessionBus } from '../approvals/channels/session-bus.ts';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import { createKeyringKeeper } from '../secrets/keyring/keyring-keeper.ts';
import type { Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';

/** What keeps secrets in the session of whoever is signed in, for every host that runs in one. */
export function sessionKeepers(options: {
  clock: Clock;
  scope: Scope;
  platform?: NodeJS.Platform;
}): SecretKeeper[] {
  if ((options.platform ?? process.platform) !== 'linux') return [];
  return [createKeyringKeeper({ ...options, connect: (scope) => connectSessionBus(scope) })];
}
