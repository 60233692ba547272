import { randomUUID } from 'node:crypto';
import { replyWords } from '../../domain/agent/reply-words.ts';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import {
  agentTools,
  permissionSchema,
  type AgentTool,
  type AskHost,
  type DoorReply,
  type DoorRequest,
} from '../../domain/agent/tools.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;
/** Often enough for programs that wait a minute. */
const ALIVE_MS = 15_000;

import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/result.ts';
import type { Scope } from '../../shared/scope.ts';

/** Name of the tool that agent programs ask for permissions. */
export const PERMISSION_TOOL = 'permission';

const INSTRUCTIONS =
  'Homer runs this work for its owner, who is not at the terminal. Propose what lies outside of the task with propose_idea instead of doing it; ask with ask_owner only what you must not guess.';

/** Homer's tools for one agent at work, over the protocol that agent programs speak. It keeps nothing: all is asked of the host. */
export function createAgentServer(options: {
  version: string;
  ask: AskHost;
  /** Whether the program asks here what it may do. */
  permissions: boolean;
  clock: Clock;
  scope: Scope;
}): McpServer {
  const { ask, clock, scope } = options;
  /** Programs that want to know whether a call is alive are told so while it waits: some give up otherwise. */
  const answered = async (request: DoorRequest, extra: Extra): Promise<DoorReply> => {
    const progressToken = extra._meta?.progressToken;
    const waiting = scope.child('a call');
    let progress = 0;
    const alive = (): void => {
      if (progressToken === undefined) return;
      clock.after(waiting, ALIVE_MS, () => {
        progress += 1;
        const told = { method: 'notifications/progress' as const, params: { progressToken, progress } };
        extra.sendNotification(told).catch((error: unknown) => {
          process.stderr.write(`homer: the program did not take a sign of life: ${messageOf(error)}\n`);
        });
        alive();
      });
    };
    alive();
    try {
      return await ask(request, extra.signal);
    } finally {
      await waiting.close();
    }
  };
  const server = new McpServer({ name: 'homer', version: options.version }, { instructions: INSTRUCTIONS });
  const offer = <T extends AgentTool>(tool: T, call: (input: unknown) => DoorRequest): void => {
    const { title, description, input } = agentTools[tool];
    server.registerTool(
      tool,
      {
        title,
        description,
        inputSchema: input.shape,
        // Claude Code would show the model a tool only once it searched for it.
        _meta: { 'anthropic/alwaysLoad': true },
        annotations: { readOnlyHint: tool.startsWith('get_'), destructiveHint: false, openWorldHint: false },
      },
      async (given: unknown, extra: Extra) => resultOf(await answered(call(given), extra)),
    );
  };
  offer('propose_idea', (input) => ({
    tool: 'propose_idea',
    input: agentTools.propose_idea.input.parse(input),
  }));
  offer('ask_owner', (input) => ({
    tool: 'ask_owner',
    id: randomUUID(),
    input: agentTools.ask_owner.input.parse(input),
  }));
  offer('report_progress', (input) => ({
    tool: 'report_progress',
    input: agentTools.report_progress.input.parse(input),
  }));
  offer('get_goals', () => ({ tool: 'get_goals', input: {} }));
  offer('get_run_context', () => ({ tool: 'get_run_context', input: {} }));
  if (options.permissions)
    server.registerTool(
      PERMISSION_TOOL,
      {
        title: 'Ask for permission',
        description: 'For the program itself, when it needs permission to use a tool.',
        inputSchema: permissionSchema.shape,
      },
      async (given, extra) => {
        const input = permissionSchema.parse(given);
        const reply = await answered({ tool: 'permission', id: randomUUID(), input }, extra);
        const verdict =
          reply.state === 'allowed'
            ? { behavior: 'allow', updatedInput: input.input }
            : { behavior: 'deny', message: 'text' in reply ? reply.text : 'Nobody decided.' };
        return { content: [{ type: 'text', text: JSON.stringify(verdict) }] };
      },
    );
  return server;
}

function resultOf(reply: DoorReply): CallToolResult {
  const { ok, text } = replyWords(reply);
  return { content: [{ type: 'text', text }], ...(ok ? {} : { isError: true }) };
}
