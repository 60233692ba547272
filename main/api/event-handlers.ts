import { readEventName } from '../domain/intent/event-name.ts';
import { fireEvent } from '../runtime/fire-event.ts';
import { fail, ok } from '../shared/result.ts';
import { insertTriggerEvent, listAwaiting, listEvents } from '../store/trigger-event-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

type Names = Extract<keyof Handlers, `event.${string}`>;

export function eventHandlers({ store }: ApiOptions): Pick<Handlers, Names> {
  return {
    'event.fire': ({ name, payload, key }, { actor }) => {
      if (readEventName(name)?.kind !== 'named')
        return fail('invalid_input', `${JSON.stringify(name)} cannot be fired by hand.`, {
          hint: 'Write a name of letters, digits, dots and dashes. Names that begin with `intent:` or `project:` are Homer’s own.',
        });
      return store.tryWrite((write) => {
        const event = insertTriggerEvent(
          write,
          { name, key: key ?? null, payload, depth: 0, causeIntentId: null },
          actor.name,
        );
        const awaiting = listAwaiting(write, name).length;
        const runs = event === null ? [] : fireEvent(write, event);
        return {
          fired: event !== null,
          awaiting,
          started: runs.map(({ intentId, id, number, status }) => ({ intentId, runId: id, number, status })),
        };
      });
    },
    'event.list': ({ name, limit }) =>
      ok(
        store
          .read((read) => listEvents(read, name, limit))
          .map(({ id, key, payload, started, at, ...event }) => ({
            id,
            name: event.name,
            key,
            payload,
            started,
            at,
          })),
      ),
  };
}
