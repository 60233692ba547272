import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Reply } from '../../../preload/contract/errors.ts';
import type { Call } from '../../../preload/contract/operations.ts';

/**
 * Homer for a client of the owner's own, over standard input and output until that closes them: what waits, projects and goals, and a
 * proposal in the owner's name. It decides nothing: decisions are for a person's eyes.
 */
export async function serveOwner(options: {
  version: string;
  call: Call;
  signal: AbortSignal;
}): Promise<void> {
  const { call } = options;
  const server = new McpServer({ name: 'homer', version: options.version });
  const reads = { readOnlyHint: true } as const;
  server.registerTool(
    'list_projects',
    { description: 'Projects Homer works in, with their ids.', inputSchema: {}, annotations: reads },
    async () => resultOf(await call('project.list', {})),
  );
  server.registerTool(
    'get_inbox',
    { description: 'What waits for the owner.', inputSchema: {}, annotations: reads },
    async () => resultOf(await call('inbox.list', {})),
  );
  server.registerTool(
    'get_goals',
    { description: 'What the work is for.', inputSchema: {}, annotations: reads },
    async () => resultOf(await call('goal.list', {})),
  );
  server.registerTool(
    'propose_idea',
    {
      description: 'Proposes work on a project; the owner decides on it.',
      inputSchema: {
        projectId: z.uuid(),
        title: z.string().trim().min(1).max(200),
        summary: z.string().max(2_000).default(''),
      },
    },
    async (input) => resultOf(await call('proposal.create', input)),
  );
  const closed = new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
    };
    process.stdin.once('end', end);
    process.stdin.once('close', end);
    options.signal.addEventListener('abort', end, { once: true });
    server.server.onclose = end;
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}

const MOST_TEXT = 100_000;

function resultOf(reply: Reply<unknown>): CallToolResult {
  const text = reply.ok
    ? JSON.stringify(reply.value, null, 1).slice(0, MOST_TEXT)
    : [reply.error.message, reply.error.hint].filter((it) => it !== undefined).join(' ');
  return { content: [{ type: 'text', text }], ...(reply.ok ? {} : { isError: true }) };
}
