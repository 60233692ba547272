import { decidePermission } from '../approvals/decide-permission.ts';
import type { Ask } from '../domain/run/ask.ts';
import { ok } from '../shared/result.ts';
import { getAsk, listPermissions, type StoredAsk } from '../store/run-ask-store.ts';
import { listGrants, restoreGrant, revokeGrant } from '../store/run-grant-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

type Name = (`permission.${string}` | `grant.${string}`) & keyof Handlers;

export function permissionHandlers({ store, clock }: ApiOptions): Pick<Handlers, Name> {
  return {
    'permission.list': ({ runId, limit }) =>
      ok(store.read((read) => listPermissions(read, runId, limit).map(shownAsk))),
    'permission.decide': ({ id, ...decision }, { actor }) =>
      store.tryWrite((write) => {
        decidePermission(write, getAsk(write, id), decision, actor);
        return shownAsk(getAsk(write, id));
      }),
    'grant.list': ({ intentId, limit }) =>
      ok(store.read((read) => listGrants(read, clock.iso(), limit, intentId))),
    'grant.revoke': ({ id }, { actor }) => store.tryWrite((write) => revokeGrant(write, id, actor.name)),
    'grant.restore': ({ id }, { actor }) => store.tryWrite((write) => restoreGrant(write, id, actor.name)),
  };
}

/** As owners see it: without what only the broker needs. */
export function shownAsk(ask: StoredAsk): Ask {
  const { subject: _subject, step: _step, attempt: _attempt, intentId: _intentId, ...shown } = ask;
  return shown;
}
