// Stands in for Claude Code: starts the MCP servers it is given, as that does, and calls the tools that its prompt names, one line each:
// `MCP <tool> <JSON input>`. What they answered is the text of its last message, and stands in `answers.txt` of its folder. `MISTRUST` in a
// line makes it go before the answer comes.
import { appendFileSync, readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

interface McpFile {
  mcpServers: { homer: { command: string; args: string[]; env: Record<string, string> } };
}

const argv = process.argv.slice(2);
const say = (event: object): void => {
  process.stdout.write(`${JSON.stringify({ session_id: 'asking', ...event })}\n`);
};
if (argv.includes('--version')) {
  process.stdout.write('2.1.329 (Claude Code)\n');
  process.exit(0);
}
const prompt = readFileSync(0, 'utf8');
say({ type: 'system', subtype: 'init', model: 'fake' });
const file = argv[argv.indexOf('--mcp-config') + 1] ?? '';
const { homer } = (JSON.parse(readFileSync(file, 'utf8')) as McpFile).mcpServers;
const client = new Client({ name: 'asking-agent', version: '1.0.0' });
await client.connect(new StdioClientTransport({ command: homer.command, args: homer.args, env: homer.env }));

const answered = /\nThe answer: |permission, and it is/u.test(prompt);
const said: string[] = [];
for (const [, tool = '', input = '{}', how] of prompt.matchAll(/^MCP (\w+) (\{.*?\})( MISTRUST)?$/gmu)) {
  if (answered && (tool === 'ask_owner' || tool === 'permission')) continue;
  const call = client.callTool(
    { name: tool, arguments: JSON.parse(input) as Record<string, unknown> },
    undefined,
    {
      timeout: 600_000,
    },
  );
  if (how !== undefined) {
    await Promise.race([call, new Promise((resolve) => setTimeout(resolve, 600))]);
    said.push(`${tool}: gone`);
    continue;
  }
  const { content } = await call;
  const text = (content as { text?: string }[]).map((block) => block.text ?? '').join('');
  said.push(`${tool}: ${text}`);
  appendFileSync('answers.txt', `${tool}: ${text}\n`);
}
if (prompt.includes('LIST TOOLS'))
  appendFileSync('answers.txt', `${(await client.listTools()).tools.map(({ name }) => name).join(' ')}\n`);
await client.close();
appendFileSync('answers.txt', 'end\n');
if (answered)
  appendFileSync(
    'answers.txt',
    `read: ${/The answer: .*|permission, and it is .*/u.exec(prompt)?.[0] ?? ''}\n`,
  );
const result = `${said.join('\n')}\nTASK_STATE: DONE`;
say({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result,
  num_turns: 1,
  usage: {},
  total_cost_usd: 0,
});
process.exit(0);
