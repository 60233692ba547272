import type { Dispatch } from '../../api/dispatch.ts';
import type { AppContext } from './app-env.ts';
import { readJson } from './read-json.ts';
import { refuse, statusOf } from './refuse.ts';

/** `POST /api/<operation>`: the body is the input, the answer is a `Reply`. What the renderer and the local socket use. */
export function callRoute(dispatch: Dispatch): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const body = await readJson(c);
    if (!body.ok) return refuse(c, body.error);
    const reply = await dispatch(c.req.param('operation') ?? '', body.value ?? {}, { actor: c.get('actor') });
    return reply.ok ? c.json(reply) : c.json(reply, statusOf(reply.error.tag));
  };
}
