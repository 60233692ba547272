import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import { codeOf } from '../access/owner-file.ts';
import type { HttpApp } from '../http/create-http-app.ts';
import { bind } from '../http/listen.ts';

/**
 * Serves the app on the local socket until `scope` closes. To be called by the holder of the instance lock alone: a socket file
 * that is there already was then left by an instance that died, and is removed.
 */
export async function listenSocket(options: {
  app: HttpApp;
  path: string;
  scope: Scope;
}): Promise<Result<void>> {
  const { path } = options;
  try {
    if (lstatSync(path).isSocket()) rmSync(path);
    else
      return fail('cannot_listen', `${path} is there and is not a socket.`, {
        hint: 'Move it away; Homer removes nothing it did not make.',
      });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      return fail('cannot_listen', `Homer cannot use the socket ${path}: ${messageOf(error)}`);
  }
  const server = await bind(options.app, { path }, options.scope);
  if (!server.ok) return server;
  chmodSync(path, 0o600);
  return ok(undefined);
}
