import { ok } from '../shared/result.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function secretHandlers({ secrets }: ApiOptions): Pick<Handlers, `secret.${string}` & keyof Handlers> {
  return {
    'secret.list': () => secrets.list(),
    'secret.status': () => secrets.status(),
    'secret.set': ({ name, value }) => secrets.set(name, value),
    'secret.delete': async ({ name }) => {
      const deleted = await secrets.delete(name);
      return deleted.ok ? ok({ name }) : deleted;
    },
  };
}
