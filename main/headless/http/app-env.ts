import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { Actor } from '../../domain/decision/decision.ts';

export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { actor: Actor };
}
export type AppContext = Context<AppEnv>;
export type AppMiddleware = MiddlewareHandler<AppEnv>;

/** Whether a person looks at the answer in a browser tab, rather than a program. */
export function wantsPage(c: AppContext): boolean {
  return (
    (c.req.method === 'GET' || c.req.method === 'HEAD') &&
    (c.req.header('accept') ?? '').includes('text/html')
  );
}
