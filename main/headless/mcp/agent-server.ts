import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import {
  agentTools,
  permissionSchema,
  type AgentTool,
  type DoorReply,
  type DoorRequest,
} from '../../domain/agent/tools.ts';

export type AskHost = (request: DoorRequest, signal: AbortSignal) => Promise<DoorReply>;

/** Name of the tool that agent programs ask for permissions. */
export const PERMISSION_TOOL = 'permission';

/** Homer's tools for one agent at work, over the protocol that agent programs speak. It keeps nothing: all is asked of the host. */
export function createAgentServer(options: {
  version: string;
  ask: AskHost;
  /** Whether the program asks here what it may do. */
  permissions: boolean;
}): McpServer {
  const { ask } = options;
  const server = new McpServer({ name: 'homer', version: options.version });
  const offer = <T extends AgentTool>(tool: T, call: (input: unknown) => DoorRequest): void => {
    const { title, description, input } = agentTools[tool];
    server.registerTool(
      tool,
      {
        title,
        description,
        inputSchema: input.shape,
        annotations: { readOnlyHint: tool.startsWith('get_'), destructiveHint: false, openWorldHint: false },
      },
      async (given: unknown, extra: { signal: AbortSignal }) =>
        resultOf(await ask(call(given), extra.signal)),
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
        const reply = await ask({ tool: 'permission', id: randomUUID(), input }, extra.signal);
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
  const text =
    'text' in reply ? reply.text : reply.state === 'allowed' ? 'Allowed.' : 'The owner has not answered yet.';
  return { content: [{ type: 'text', text }], ...(reply.state === 'done' ? {} : { isError: true }) };
}
