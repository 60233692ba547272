import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock, type Clock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { unwrap } from '../../shared/result.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import { loadApiToken } from '../access/api-token.ts';
import { createOneTimeTokens, type OneTimeTokens } from '../access/one-time-tokens.ts';
import { createFileSessionStore } from '../access/session-store.ts';
import { createHttpApp } from '../http/create-http-app.ts';
import type { EventStreamSettings } from '../http/event-stream.ts';
import { listen } from '../http/listen.ts';
import { createStandIn, type StandIn } from './stand-in.ts';

/** A real listener on loopback before the stand-in, for tests. */
export interface HttpHost {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly oneTime: OneTimeTokens;
  readonly standIn: StandIn;
  readonly dataDir: string;
  readonly scope: Scope;
  readonly bearer: { Authorization: string };
  close(): Promise<void>;
}

export async function startHttpHost(
  options: { rendererDir?: string; clock?: Clock; dataDir?: string; eventStream?: EventStreamSettings } = {},
): Promise<HttpHost> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'homer-http-'));
  const clock = options.clock ?? createSystemClock();
  const scope = createScope('test host');
  const log = createSilentLog();
  const standIn = createStandIn();
  const token = unwrap(loadApiToken(join(dataDir, 'api-token')));
  const oneTime = createOneTimeTokens(clock);
  const app = createHttpApp({
    dispatch: standIn.dispatch,
    live: standIn.live,
    access: {
      kind: 'token',
      apiToken: token,
      oneTime,
      sessions: createFileSessionStore(join(dataDir, 'sessions.json'), clock, log),
    },
    rendererDir: options.rendererDir ?? null,
    log,
    clock,
    scope,
    version: '0.1.0',
    ...(options.eventStream ? { eventStream: options.eventStream } : {}),
  });
  const { url, port } = unwrap(await listen({ app, scope, port: 0 }));
  return {
    url,
    port,
    token,
    oneTime,
    standIn,
    dataDir,
    scope,
    bearer: { Authorization: `Bearer ${token}` },
    close: async () => {
      await scope.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** A request with any header, Host included, which `fetch` does not allow. */
export function rawRequest(
  host: { port: number },
  options: { method?: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: host.port,
        method: options.method ?? 'GET',
        path: options.path,
        headers: options.headers ?? {},
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

/** Bytes as they are, for paths no client would send; answers with all that came back. */
export function rawBytes(host: { port: number }, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });
}
