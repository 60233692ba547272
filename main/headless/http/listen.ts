import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { ListenOptions } from 'node:net';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { isLoopback } from '../access/loopback.ts';
import { codeOf } from '../access/owner-file.ts';
import type { HttpApp } from './create-http-app.ts';

/** Below the range that systems give to outgoing connections, and not a well-known service. */
export const defaultPort = 7717;
const portsTried = 20;

export interface Listening {
  readonly port: number;
  readonly host: string;
  /** `http://127.0.0.1:7717`, without a slash at the end. */
  readonly url: string;
}

/**
 * Serves the app over TCP until `scope` closes. Without a port the default is tried, then the 20 after it; a port that was asked
 * for is taken or refused. Port 0 takes any. Anything but loopback must be asked for, and never without a token.
 */
export async function listen(options: {
  app: HttpApp;
  scope: Scope;
  host?: string;
  port?: number;
  allowRemote?: boolean;
}): Promise<Result<Listening>> {
  const host = options.host ?? '127.0.0.1';
  if (options.app.access !== 'token')
    return fail('no_token', 'Homer does not listen on the network without a token.');
  if (!isLoopback(host) && options.allowRemote !== true)
    return fail(
      'remote_host',
      `${host} can be reached by other machines; Homer listens on this machine only.`,
      {
        hint: 'Prefer an SSH tunnel to the loopback port; to listen there all the same, add --allow-remote.',
      },
    );
  const first = options.port ?? defaultPort;
  const last = options.port === undefined ? first + portsTried : first;
  for (let port = first; port <= last; port += 1) {
    const server = await bind(options.app, { host, port }, options.scope);
    if (server.ok) {
      const address = server.value.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      return ok({
        port: bound,
        host,
        url: `http://${host.includes(':') ? `[${host}]` : host}:${String(bound)}`,
      });
    }
    if (server.error.tag !== 'port_in_use') return server;
  }
  return fail(
    'port_in_use',
    options.port === undefined
      ? `The ports ${String(first)} to ${String(last)} are all in use.`
      : `Port ${String(first)} is in use by another program.`,
    { hint: 'Choose another with --port, or 0 for any that is free.' },
  );
}

/** Starts a server on a port or a socket path; it ends with `scope`, open connections included. */
export function bind(app: HttpApp, where: ListenOptions, scope: Scope): Promise<Result<Server>> {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = codeOf(error);
      resolve(
        code === 'EADDRINUSE'
          ? fail('port_in_use', `${where.path ?? String(where.port)} is in use.`)
          : fail(
              'cannot_listen',
              `Homer cannot listen on ${where.path ?? `${where.host ?? ''}:${String(where.port)}`}: ${messageOf(error)}`,
              {
                hint: code === 'EACCES' ? 'Choose a port above 1023.' : 'Choose another --host or --port.',
              },
            ),
      );
    });
    server.listen(where, () => {
      scope.add('http server', () => {
        const closed = new Promise<void>((done) => {
          server.close(() => {
            done();
          });
        });
        server.closeAllConnections();
        return closed;
      });
      resolve(ok(server));
    });
  });
}
