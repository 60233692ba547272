import { randomUUID } from 'node:crypto';
import { replyWords } from '../../domain/agent/reply-words.ts';
import type { DoorReply, DoorRequest } from '../../domain/agent/tools.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';
import type { DoorClient } from './door-client.ts';

/**
 * Homer's tools for one agent at work, over the Model Context Protocol: one JSON-RPC message for each line. It keeps nothing but the calls that
 * wait: all else is asked of the host, which also judges what a tool is given.
 *
 * Of the protocol it knows what a server of tools must: `initialize`, `ping`, `tools/list`, `tools/call`, cancelling and progress. It is
 * written here, without the protocol's library, because each agent at work pays for this process.
 */
export interface AgentServer {
  receive(line: string): void;
}

/** The newest first; a program that speaks none of them is offered the newest. */
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
/** Often enough for programs that wait a minute. */
const ALIVE_MS = 15_000;
/** Tools whose answer the owner gives. */
const WAITING = ['ask_owner', 'permission'];
const PERMISSION = 'permission';
const INSTRUCTIONS =
  'Homer runs this work for its owner, who is not at the terminal. Propose what lies outside of the task with propose_idea instead of doing it; ask with ask_owner only what you must not guess.';

type Id = string | number;
type Fields = Readonly<Record<string, unknown>>;
type Answer = { readonly result: object } | { readonly error: { code: number; message: string } };

export function createAgentServer(options: {
  version: string;
  door: DoorClient;
  /** Whether the program asks here what it may do. */
  permissions: boolean;
  clock: Clock;
  scope: Scope;
  send: (line: string) => void;
}): AgentServer {
  const { door, clock, scope } = options;
  const calls = new Map<Id, AbortController>();
  let known: ReturnType<DoorClient['tools']> | undefined;
  const say = (message: object): void => {
    options.send(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };

  return {
    receive(line) {
      if (line.trim() === '') return;
      const message = messageIn(line);
      if (message === undefined) {
        say({ id: null, ...failed(-32_700, 'This is not a JSON-RPC message.') });
        return;
      }
      const { id, method } = message;
      const params = fieldsOf(message['params']);
      // An answer to a request; this server makes none.
      if (typeof method !== 'string') return;
      if (typeof id !== 'string' && typeof id !== 'number') {
        if (method === 'notifications/cancelled') calls.get(params['requestId'] as Id)?.abort();
        return;
      }
      perform(id, method, params).then(
        (answer) => {
          if (answer !== null) say({ id, ...answer });
        },
        (error: unknown) => {
          say({ id, ...failed(-32_603, messageOf(error)) });
        },
      );
    },
  };

  async function perform(id: Id, method: string, params: Fields): Promise<Answer | null> {
    switch (method) {
      case 'initialize': {
        const wanted = params['protocolVersion'];
        return {
          result: {
            protocolVersion: VERSIONS.find((one) => one === wanted) ?? VERSIONS[0],
            capabilities: { tools: {} },
            serverInfo: { name: 'homer', version: options.version },
            instructions: INSTRUCTIONS,
          },
        };
      }
      case 'ping':
        return { result: {} };
      case 'tools/list':
        return { result: { tools: await tools() } };
      case 'tools/call':
        return call(id, params);
      default:
        return failed(-32_601, `There is no method ${method}.`);
    }
  }

  async function tools(): ReturnType<DoorClient['tools']> {
    known ??= door.tools();
    try {
      const all = await known;
      return options.permissions ? all : all.filter(({ name }) => name !== PERMISSION);
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  async function call(id: Id, params: Fields): Promise<Answer | null> {
    const { name } = params;
    if (typeof name !== 'string' || !(await tools()).some((tool) => tool.name === name))
      return failed(-32_602, `There is no tool ${String(name)}.`);
    const input = fieldsOf(params['arguments']);
    // The host refuses what does not fit its tool, in words.
    const request = {
      tool: name,
      input,
      ...(WAITING.includes(name) ? { id: randomUUID() } : {}),
    } as DoorRequest;
    const cancelled = new AbortController();
    calls.set(id, cancelled);
    const waiting = scope.child('a call');
    tellAlive(fieldsOf(params['_meta'])['progressToken'], waiting);
    try {
      const reply = await door.ask(request, cancelled.signal);
      // Nobody waits for the answer to a call that was cancelled.
      if (cancelled.signal.aborted) return null;
      return { result: name === PERMISSION ? verdictOf(reply, input['input']) : resultOf(reply) };
    } finally {
      calls.delete(id);
      await waiting.close();
    }
  }

  /** Programs that want to know whether a call is alive are told so while it waits: some give up otherwise. */
  function tellAlive(progressToken: unknown, waiting: Scope): void {
    if (typeof progressToken !== 'string' && typeof progressToken !== 'number') return;
    let progress = 0;
    const again = (): void => {
      clock.after(waiting, ALIVE_MS, () => {
        progress += 1;
        say({ method: 'notifications/progress', params: { progressToken, progress } });
        again();
      });
    };
    again();
  }
}

function messageIn(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'jsonrpc' in value ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function failed(code: number, message: string): { error: { code: number; message: string } } {
  return { error: { code, message } };
}

function resultOf(reply: DoorReply): object {
  const { ok, text } = replyWords(reply);
  return { content: [{ type: 'text', text }], ...(ok ? {} : { isError: true }) };
}

/** As a program that asks for permissions wants its answer. */
function verdictOf(reply: DoorReply, asked: unknown): object {
  const verdict =
    reply.state === 'allowed'
      ? { behavior: 'allow', updatedInput: asked }
      : { behavior: 'deny', message: 'text' in reply ? reply.text : 'Nobody decided.' };
  return { content: [{ type: 'text', text: JSON.stringify(verdict) }] };
}
