import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';
import { createAgentServer } from './agent-server.ts';
import { createDoorClient } from './door-client.ts';

/** Serves an agent program on standard input and output, until it closes them. */
export async function serveAgent(options: {
  version: string;
  socket: string;
  token: string;
  permissions: boolean;
  clock: Clock;
  scope: Scope;
}): Promise<void> {
  const server = createAgentServer({
    version: options.version,
    permissions: options.permissions,
    clock: options.clock,
    scope: options.scope,
    ask: createDoorClient(options),
  });
  const closed = new Promise<void>((resolve) => {
    // The transport tells of a program that closes it, not of one that died.
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    server.server.onclose = resolve;
  });
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
}
