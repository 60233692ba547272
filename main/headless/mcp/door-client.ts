import { connect } from 'node:net';
import type { AskHost, DoorReply, DoorRequest, ListedTool } from '../../domain/agent/tools.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';

/** Longer than the host holds a request that waits. */
const ANSWER_MS = 45_000;
const AGAIN_MS = { first: 250, most: 5_000 };
/** A host that is gone may come back; what does not wait for the owner is given up after this. */
const PATIENCE_MS = 30_000;
const STATES: readonly DoorReply['state'][] = ['done', 'waiting', 'allowed', 'denied', 'refused'];

export interface DoorClient {
  /**
   * What waits for the owner is asked for again with the same id until it is decided: over restarts of the host, for as long as the agent
   * lives.
   */
  readonly ask: AskHost;
  /** The tools of this host; throws when it cannot be reached for a while. */
  tools(): Promise<readonly ListedTool[]>;
}

/**
 * Speaks to the host for one turn, in HTTP/1.0 written by hand: a request, an answer, and the end of the connection. Each agent at work has a
 * process with nothing but this in it, which Node's own HTTP, and a check of each answer by its schema, would make twice as large.
 */
export function createDoorClient(options: {
  socket: string;
  token: string;
  clock: Clock;
  scope: Scope;
}): DoorClient {
  const { clock, scope } = options;

  async function again<T>(
    work: () => Promise<T | undefined>,
    patient: boolean,
    signal: AbortSignal | null,
  ): Promise<{ value: T } | { why: string }> {
    const since = clock.monotonic();
    let pause = AGAIN_MS.first;
    for (;;) {
      if (signal?.aborted || scope.closed) return { why: 'the call was cancelled' };
      try {
        const value = await work();
        if (value !== undefined) return { value };
        pause = AGAIN_MS.first;
        continue;
      } catch (error) {
        if (!patient && clock.monotonic() - since > PATIENCE_MS) return { why: messageOf(error) };
      }
      await clock.sleep(scope, pause);
      pause = Math.min(AGAIN_MS.most, pause * 2);
    }
  }

  return {
    async ask(request: DoorRequest, signal) {
      const outcome = await again(
        async () => {
          const reply = replyIn(await send('POST', '/agent', JSON.stringify(request), signal));
          return reply.state === 'waiting' ? undefined : reply;
        },
        'id' in request,
        signal,
      );
      if ('value' in outcome) return outcome.value;
      const text = `Homer cannot be reached (${outcome.why}). Go on without it.`;
      return { state: 'refused', tag: 'unreachable', text };
    },
    async tools() {
      const outcome = await again(() => send('GET', '/tools', '', null), false, null);
      if ('why' in outcome) throw new Error(outcome.why);
      const value: unknown = outcome.value;
      if (!Array.isArray(value)) throw new Error('the host told no tools');
      return value as ListedTool[];
    },
  };

  function send(method: string, path: string, body: string, signal: AbortSignal | null): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      const stream = connect(options.socket);
      const stop = (): void => void stream.destroy(new Error('the call was cancelled'));
      signal?.addEventListener('abort', stop, { once: true });
      stream.setTimeout(ANSWER_MS, () => void stream.destroy(new Error('no answer')));
      stream.on('data', (part) => parts.push(part));
      stream.on('error', reject);
      stream.on('close', () => {
        signal?.removeEventListener('abort', stop);
        try {
          resolve(JSON.parse(bodyOf(Buffer.concat(parts).toString('utf8'))));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      stream.write(
        [
          `${method} ${path} HTTP/1.0`,
          'Host: localhost',
          `Authorization: Bearer ${options.token}`,
          'Content-Type: application/json',
          `Content-Length: ${String(Buffer.byteLength(body))}`,
          '',
          body,
        ].join('\r\n'),
      );
    });
  }
}

/** What follows the head. A head alone is an answer that broke off. */
function bodyOf(answer: string): string {
  const at = answer.indexOf('\r\n\r\n');
  if (!answer.startsWith('HTTP/1.') || at < 0) throw new Error('no answer');
  return answer.slice(at + 4);
}

function replyIn(value: unknown): DoorReply {
  if (typeof value === 'object' && value !== null && 'state' in value) {
    const { state } = value;
    const known = STATES.find((one) => one === state);
    const wordless = known === 'waiting' || known === 'allowed';
    if (known !== undefined && (wordless || ('text' in value && typeof value.text === 'string')))
      return value as DoorReply;
  }
  throw new Error('an answer that says nothing');
}
