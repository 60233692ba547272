import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an endpoint answers to one request for a chat completion. */
export interface Reply {
  readonly text?: string;
  readonly reasoning?: string;
  /** Arguments as an object, or as the very text the model wrote. */
  readonly calls?: readonly { readonly tool: string; readonly input: object | string }[];
  /** Tokens of input it tells; null: it tells nothing. */
  readonly tokens?: number | null;
  readonly finish?: string;
  /** Refused instead. */
  readonly status?: number;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks in the middle. */
  readonly drop?: boolean;
  /** Never answered. */
  readonly hang?: boolean;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

export interface ScriptedModel {
  readonly address: string;
  readonly asked: readonly ChatRequest[];
  readonly paths: readonly string[];
  readonly keys: readonly (string | undefined)[];
  close(): Promise<void>;
}

/** An endpoint of one test on this machine: replies one after the other, the last for good, and what else it serves by path. */
export async function startScriptedModel(
  replies: readonly (Reply | ((request: ChatRequest) => Reply))[],
  pages: Readonly<Record<string, object>> = { '/v1/models': { data: [{ id: 'tiny' }] } },
): Promise<ScriptedModel> {
  const asked: ChatRequest[] = [];
  const paths: string[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const path = request.url ?? '';
      paths.push(path);
      keys.push(request.headers.authorization);
      if (path !== '/v1/chat/completions') {
        const page = pages[path];
        response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(page ?? { error: { message: `no ${path}` } }));
        return;
      }
      const chat = JSON.parse(text) as ChatRequest;
      const next = replies[Math.min(asked.length, replies.length - 1)] ?? {};
      asked.push(chat);
      answer(response, typeof next === 'function' ? next(chat) : next, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    paths,
    keys,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(response: ServerResponse, reply: Reply, id: number): void {
  if (reply.hang) return;
  if (reply.status !== undefined) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error: { message: reply.error ?? 'refused' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: object, finish: string | null, more: object = {}): void =>
    void response.write(
      `data: ${JSON.stringify({ id: `c${String(id)}`, choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`,
    );
  if (reply.reasoning) send({ role: 'assistant', reasoning_content: reply.reasoning }, null);
  if (reply.text) send({ role: 'assistant', content: reply.text }, null);
  if (reply.drop) {
    response.write(': about to break\n\n', () => response.destroy());
    return;
  }
  for (const [index, { tool, input }] of (reply.calls ?? []).entries()) {
    const args = typeof input === 'string' ? input : JSON.stringify(input);
    // In two pieces, as it comes from a model.
    const half = Math.floor(args.length / 2);
    send(
      {
        tool_calls: [
          {
            index,
            id: `call_${String(id)}_${String(index)}`,
            type: 'function',
            function: { name: tool, arguments: args.slice(0, half) },
          },
        ],
      },
      null,
    );
    send({ tool_calls: [{ index, function: { arguments: args.slice(half) } }] }, null);
  }
  const usage =
    reply.tokens === null
      ? {}
      : {
          usage: {
            prompt_tokens: reply.tokens ?? 100,
            completion_tokens: 10,
            total_tokens: (reply.tokens ?? 100) + 10,
          },
        };
  send({}, reply.finish ?? (reply.calls ? 'tool_calls' : 'stop'), usage);
  response.end('data: [DONE]\n\n');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
