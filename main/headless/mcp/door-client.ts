import { request } from 'node:http';
import { doorReplySchema, type AskHost, type DoorReply, type DoorRequest } from '../../domain/agent/tools.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';

/** Longer than the host holds a request that waits. */
const ANSWER_MS = 45_000;
const AGAIN_MS = { first: 250, most: 5_000 };
/** A host that is gone may come back; what does not wait for the owner is given up after this. */
const PATIENCE_MS = 30_000;

/**
 * Speaks to the host for one turn. What waits for the owner is asked for again with the same id until it is decided: over restarts of
 * the host, for as long as the agent lives.
 */
export function createDoorClient(options: {
  socket: string;
  token: string;
  clock: Clock;
  scope: Scope;
}): AskHost {
  const { clock, scope } = options;
  return async (ask, signal) => {
    const since = clock.monotonic();
    let pause = AGAIN_MS.first;
    for (;;) {
      if (signal.aborted || scope.closed) return given('The call was cancelled.');
      let why = '';
      try {
        const reply = await post(ask, signal);
        if (reply.state !== 'waiting') return reply;
        pause = AGAIN_MS.first;
      } catch (error) {
        why = messageOf(error);
      }
      if (why === '') continue;
      if (!('id' in ask) && clock.monotonic() - since > PATIENCE_MS)
        return given(`Homer cannot be reached (${why}). Go on without it.`);
      await clock.sleep(scope, pause);
      pause = Math.min(AGAIN_MS.most, pause * 2);
    }
  };

  function post(ask: DoorRequest, signal: AbortSignal): Promise<DoorReply> {
    const body = JSON.stringify(ask);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          socketPath: options.socket,
          path: '/agent',
          method: 'POST',
          signal,
          timeout: ANSWER_MS,
          headers: {
            Host: 'localhost',
            Authorization: `Bearer ${options.token}`,
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            try {
              resolve(doorReplySchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))));
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function given(text: string): DoorReply {
  return { state: 'refused', tag: 'unreachable', text };
}
