import type { Dispatch } from '../../api/dispatch.ts';
import type { AppContext } from './app-env.ts';
import { readJson } from './read-json.ts';
import { refuse } from './refuse.ts';
import { restInput } from './rest-input.ts';
import type { RestRoute } from './rest-table.ts';

/** One operation at its REST path: the bare value on success, `{ok: false, error}` otherwise. */
export function restRoute(route: RestRoute, dispatch: Dispatch): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const body = await readJson(c);
    if (!body.ok) return refuse(c, body.error);
    const input = restInput(route, { path: c.req.param(), query: c.req.queries(), body: body.value });
    if (!input.ok) return refuse(c, input.error);
    const reply = await dispatch(route.name, input.value, { actor: c.get('actor') });
    return reply.ok ? c.json(reply.value as object) : refuse(c, reply.error);
  };
}
