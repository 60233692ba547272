import { Hono } from 'hono';
import { doorRequestSchema, type DoorReply, type DoorRequest } from '../../domain/agent/tools.ts';
import { toolList } from './tool-list.ts';
import type { AppEnv } from '../http/app-env.ts';
import type { HttpApp } from '../http/create-http-app.ts';

/** A request of an agent is at most this long; what is longer is no tool call. */
const MOST_BYTES = 256 * 1024;

export type ServeAgent = (token: string, request: DoorRequest, signal: AbortSignal) => Promise<DoorReply>;

/**
 * All that an agent at work can reach of its host: `POST /agent` with the token of its turn, and what there is to ask for, `GET /tools`. It
 * knows no operation of the owner's, and is served on a socket file of its own, which no browser and no other machine can open.
 */
export function createDoorApp(serve: ServeAgent): HttpApp {
  const app = new Hono<AppEnv>();
  app.post('/agent', async (c) => {
    const token = /^Bearer ([\w-]{20,200})$/u.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) return c.json(bad('no_token', 'This needs the token of a turn.'), 401);
    const body = await c.req.text();
    if (Buffer.byteLength(body) > MOST_BYTES)
      return c.json(bad('too_long', 'This is too long. Say it shorter.'), 413);
    const parsed = doorRequestSchema.safeParse(jsonOf(body));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') ?? '';
      return c.json(
        bad('bad_input', `${where === '' ? 'Input' : where}: ${issue?.message ?? 'not valid'}.`),
        400,
      );
    }
    return c.json(await serve(token, parsed.data, c.req.raw.signal));
  });
  app.get('/tools', (c) => c.json(toolList()));
  app.notFound((c) => c.json(bad('not_found', 'There is nothing else here.'), 404));
  return { access: 'owner', fetch: app.fetch.bind(app) };
}

function bad(tag: string, text: string): DoorReply {
  return { state: 'refused', tag, text };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
