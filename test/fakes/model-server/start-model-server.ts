import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../main/domain/primitives.ts';
import { isObject } from '../../../main/agents/json-event.ts';
import { answerOf } from './answer.ts';
import { dialectOf, type Dialect } from './conversation.ts';
import { refusalBody, type RefusedStatus } from './refuse.ts';
import { parseScenario, scenarioPath, type Behaviour, type Scenario } from './scenario.ts';
import { streamOf, toldOf, type StreamEvent } from './write-answer.ts';

export interface SeenRequest {
  /** Monotonic, in milliseconds. */
  readonly at: number;
  readonly dialect: Dialect;
  readonly spec: string;
  readonly body: JsonObject;
}

/** A stand-in for every provider, on this machine alone. Each scenario has a base address of its own, so many programs can use it at once. */
export interface ModelServer {
  /** The base address of a scenario; `key` keeps the counts of two users of one apart. */
  base(scenario: Partial<Scenario> & { readonly name: Behaviour }, key?: string): string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

const STATUS_OF: Partial<Record<Behaviour, RefusedStatus>> = { limited: 429, unauthorised: 401, broken: 500 };

export async function startModelServer(): Promise<ModelServer> {
  const seen: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: String(error) } });
      else response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://model');
    const [, , spec = '', ...rest] = pathname.split('/');
    const path = `/${rest.filter((part) => !part.startsWith('key-')).join('/')}`;
    const body = await bodyOf(request);
    if (request.method === 'GET' && path.includes('/models')) {
      sendJson(response, 200, {
        object: 'list',
        data: [{ id: 'model', object: 'model' }],
        models: [{ name: 'models/model' }],
      });
      return;
    }
    if (/count_?tokens$/iu.test(path)) {
      sendJson(response, 200, { input_tokens: 1_000, totalTokens: 1_000 });
      return;
    }
    const dialect = dialectOf(path);
    if (dialect === null) {
      sendJson(response, 404, { error: { message: `the model server has no ${path}` } });
      return;
    }
    const count = (counts.get(pathname) ?? 0) + 1;
    counts.set(pathname, count);
    const asked = parseScenario(spec);
    const scenario: Scenario = asked.times > 0 && count > asked.times ? { ...asked, name: 'text' } : asked;
    seen.push({ at: performance.now(), dialect, spec, body });
    const status = STATUS_OF[scenario.name];
    if (status !== undefined) {
      if (status === 429 && scenario.retryAfter >= 0)
        response.setHeader('retry-after', String(scenario.retryAfter));
      sendJson(response, status, refusalBody(dialect, status, scenario.retryAfter));
      return;
    }
    if (scenario.name === 'hang') return;
    const events = streamOf(dialect, answerOf(scenario, dialect, body), toldOf(scenario, body, seen.length));
    if (body['stream'] === true || searchParams.get('alt') === 'sse')
      await sendStream(response, events, scenario.name === 'drop');
    else if (scenario.name === 'drop') response.destroy();
    else sendJson(response, 200, wholeOf(dialect, events));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: (scenario, key = '') =>
      `http://127.0.0.1:${String(port)}${scenarioPath(scenario)}${key === '' ? '' : `/key-${key}`}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
    return isObject(value) ? value : {};
  } catch (error) {
    // Compressed, say: then nothing is known of the request but its path.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function sendJson(response: ServerResponse, status: number, value: JsonObject): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function sendStream(
  response: ServerResponse,
  events: readonly StreamEvent[],
  drop: boolean,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  // Before what tells that it is whole: a program may well take an answer that lacks only its last line.
  const half = drop ? Math.max(1, Math.floor((events.length - 1) / 2)) : events.length;
  for (const { event, data } of events.slice(0, half))
    response.write(
      `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
    );
  if (!drop) {
    response.end();
    return;
  }
  await new Promise<void>((resolve) => response.write(': about to break\n\n', () => resolve()));
  response.destroy();
}

/** An answer that is not streamed, as side questions of some programs ask for: words alone. */
function wholeOf(dialect: Dialect, events: readonly StreamEvent[]): JsonObject {
  const last = events.at(-1)?.data;
  const text = 'ok';
  const usage = {
    input_tokens: 10,
    output_tokens: 1,
    prompt_tokens: 10,
    completion_tokens: 1,
    total_tokens: 11,
  };
  if (dialect === 'anthropic')
    return {
      id: 'msg_whole',
      type: 'message',
      role: 'assistant',
      model: 'model',
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage,
    };
  if (dialect === 'chat')
    return {
      id: 'chat_whole',
      object: 'chat.completion',
      created: 1,
      model: 'model',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage,
    };
  if (dialect === 'gemini') return isObject(last) ? last : {};
  return { id: 'resp_whole', object: 'response', status: 'completed', output: [], usage };
}
