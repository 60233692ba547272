import { Agent, request, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { failureSchema, type ContractFailure, type Reply } from '../../../preload/contract/errors.ts';
import { liveMessageSchema } from '../../../preload/contract/live.ts';
import type { Call } from '../../../preload/contract/operations.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Connection } from './connection.ts';
import { createEventParser } from './event-parser.ts';

const replySchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema }),
]);

/** Talks to a running Homer over its local socket. Nothing is sent until the first call. */
export function createSocketClient(options: { path: string; clock: Clock; scope: Scope }): Connection {
  const { path, clock } = options;
  const scope = options.scope.child('socket client');
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  scope.add('connections', () => {
    agent.destroy();
  });

  const post = (target: string, input: unknown): Promise<Reply<unknown>> =>
    new Promise((resolve) => {
      const body = JSON.stringify(input ?? {});
      const sent = request(
        {
          agent,
          socketPath: path,
          path: target,
          method: 'POST',
          headers: {
            Host: 'localhost',
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (response) => {
          collect(response).then(
            (text) => {
              resolve(readReply(text));
            },
            (error: unknown) => {
              resolve({ ok: false, error: unreachable(error) });
            },
          );
        },
      );
      sent.on('error', (error) => {
        resolve({ ok: false, error: unreachable(error) });
      });
      sent.end(body);
    });

  const live: Connection['live'] = (after, receive) => {
    const own = scope.child('live');
    let seq = after;
    const open = (): void => {
      if (own.closed) return;
      const again = (): void => {
        void forget();
        if (!own.closed) clock.after(own, 500, open);
      };
      const sent = request(
        {
          socketPath: path,
          path: `/api/live?after=${String(seq)}`,
          headers: { Host: 'localhost', Accept: 'text/event-stream' },
        },
        (response) => {
          const feed = createEventParser((event) => {
            const message = liveMessageSchema.safeParse(parseJson(event.data));
            if (own.closed || !message.success) return;
            seq = message.data.seq;
            receive(message.data);
          });
          response.setEncoding('utf8');
          response.on('data', feed);
          response.on('error', () => {
            response.destroy();
          });
          response.on('close', again);
        },
      );
      // A failed try is tried again like one that was cut; a call says what is wrong.
      sent.on('error', again);
      const forget = own.add('request', () => {
        sent.destroy();
      });
      sent.end();
    };
    open();
    return () => void own.close();
  };

  return {
    kind: 'running',
    call: ((name: string, input: unknown) => post(`/api/${encodeURIComponent(name)}`, input)) as Call,
    live,
    dashboardUrl: () => post('/host/dashboard-url', {}) as Promise<Reply<{ url: string }>>,
    close: () => scope.close(),
  };
}

async function collect(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function readReply(text: string): Reply<unknown> {
  const parsed = replySchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  return {
    ok: false,
    error: {
      tag: 'invalid_output',
      message: 'The running Homer gave an answer this command does not understand.',
      hint: 'It may be another version: restart it, then try again.',
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function unreachable(error: unknown): ContractFailure {
  return {
    tag: 'unreachable',
    message: `The running Homer cannot be reached: ${messageOf(error)}`,
    hint: 'It may be starting or stopping; try again in a moment.',
  };
}
