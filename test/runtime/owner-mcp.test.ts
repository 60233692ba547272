import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it } from 'vitest';
import { createRuntimeRoom } from './runtime-room.ts';

it('serves a client of the owner, who proposes and reads but decides nothing there', async () => {
  const room = await createRuntimeRoom();
  const home = mkdtempSync(join(tmpdir(), 'homer-owner-mcp-'));
  const { projectId, dataDir } = room;
  await room.stop();
  const client = new Client({ name: 'test', version: '1.0.0' });
  try {
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [new URL('../../main/homer.ts', import.meta.url).pathname, 'mcp', '--data', dataDir],
        env: { PATH: process.env['PATH'] ?? '', HOME: home },
        stderr: 'ignore',
      }),
    );
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_projects',
      'get_inbox',
      'get_goals',
      'propose_idea',
    ]);
    const made = await client.callTool({
      name: 'propose_idea',
      arguments: { projectId, title: 'Sharpen it' },
    });
    expect(made.isError).toBeFalsy();
    const inbox = await client.callTool({ name: 'get_inbox', arguments: {} });
    expect(JSON.stringify(inbox.content)).toContain('Sharpen it');
    const refused = await client.callTool({
      name: 'propose_idea',
      arguments: { projectId: 'x', title: 'y' },
    });
    expect(refused.isError).toBe(true);
  } finally {
    await client.close();
    await room.start();
    await room.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}, 40_000);
