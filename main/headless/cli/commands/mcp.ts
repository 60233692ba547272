import type { CommandSpec } from '../command.ts';

/** With `--run` it is started by agent programs, and never comes here. */
export function mcpCommand({ version }: { version: string }): CommandSpec {
  return {
    usage: 'mcp',
    summary: 'Serve a client of your own by the Model Context Protocol, on standard input and output',
    examples: ['homer mcp'],
    perform: async (context) => {
      const { serveOwner } = await import('../../mcp/serve-owner.ts');
      const { call } = await context.connection();
      await serveOwner({ version, call, signal: context.signal });
      return { json: undefined, text: '', untilStopped: true };
    },
  };
}
