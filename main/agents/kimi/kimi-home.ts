import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import type { CommandLink, ExecutorCommand } from '../executor.ts';
import { isObject } from '../json-event.ts';
import { isFile, namesIn } from '../read-head.ts';
import { MCP_WAIT_MS, type McpGrant } from '../runner.ts';

const SERVERS = 'mcp.json';
/** Below the turn's private folder. */
export const KIMI_HOME = 'home';
/** Folders and files that outlive a turn, which it makes when they are not there: sessions, and what finds them again. */
const FOLDERS = ['sessions', 'credentials', 'logs', 'cache'];
const FILES = ['session_index.jsonl', 'device_id'];

/**
 * A home folder for one turn: the owner's MCP servers and Homer's in one file, and links to all else the owner has there. Kimi Code reads its
 * servers from this folder and from the worktree alone, and neither is to change.
 */
export function kimiHome(
  ownersHome: string,
  mcp: McpGrant,
): Result<Required<Pick<ExecutorCommand, 'files' | 'links'>>> {
  const servers = readServers(join(ownersHome, SERVERS));
  if (!servers.ok) return servers;
  const homer = {
    command: mcp.program,
    args: mcp.args,
    env: { HOMER_MCP_TOKEN: mcp.token },
    toolTimeoutMs: MCP_WAIT_MS,
  };
  const names = new Set([...namesIn(ownersHome), ...FOLDERS, ...FILES]);
  names.delete(SERVERS);
  return ok({
    files: [
      {
        path: join(KIMI_HOME, SERVERS),
        text: JSON.stringify({ mcpServers: { ...servers.value, homer } }),
      },
    ],
    links: [...names].map((name): CommandLink => ({
      path: join(KIMI_HOME, name),
      to: join(ownersHome, name),
      folder: FOLDERS.includes(name),
    })),
  });
}

function readServers(path: string): Result<object> {
  if (!isFile(path)) return ok({});
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').trim() || '{}');
    const servers = isObject(value) ? (value['mcpServers'] ?? {}) : undefined;
    if (isObject(servers)) return ok(servers);
    return unreadable(path, 'it holds no object of servers');
  } catch (error) {
    if (error instanceof Error) return unreadable(path, messageOf(error));
    throw error;
  }
}

function unreadable(path: string, why: string): Result<never> {
  return fail(
    'agent_settings_unreadable',
    `The MCP servers of Kimi Code in ${path} cannot be read: ${why}.`,
    {
      hint: 'Mend the file, or move it away, and start the run again.',
    },
  );
}
