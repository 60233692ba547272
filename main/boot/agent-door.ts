import { existsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findNode } from '../agents/node-program.ts';
import type { ExecutorRegistry } from '../agents/registry.ts';
import type { McpGrant } from '../agents/runner.ts';
import { createDoorApp } from '../headless/mcp/door-app.ts';
import { listenSocket } from '../headless/socket/listen-socket.ts';
import { prepareSocketPath } from '../headless/socket/socket-path.ts';
import type { AgentDesk } from '../runtime/agent-desk.ts';
import type { AgentDoor } from '../runtime/ports.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import type { Installation } from './folders.ts';

const LEAST_NODE = '22.14.0';

/**
 * The socket by which agents at work reach their host. It is open only while one of them has a token, and the programs reach it through
 * `homer mcp --run`, which they start themselves: so there is no port for it, and nothing of it in their command lines but a path.
 */
export function createAgentDoor(options: {
  desk: AgentDesk;
  executors: ExecutorRegistry;
  dataDir: string;
  installation: Installation;
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
  scope: Scope;
}): AgentDoor {
  const { desk, env, log } = options;
  let open: { path: string; scope: Scope } | null = null;
  let opening: Promise<string | null> | null = null;
  /** Turns that are about to start, and have their token but no child yet. */
  let starting = 0;

  const openNow = async (): Promise<string | null> => {
    const path = prepareSocketPath({
      dataDir: options.dataDir,
      name: 'agents',
      runtimeDir: env['XDG_RUNTIME_DIR'],
      tempDir: tmpdir(),
      uid: userInfo().uid,
    });
    if (!path.ok) {
      log.warn('agents get none of the tools of Homer', { error: path.error.message });
      return null;
    }
    const scope = options.scope.child('agents door');
    const app = createDoorApp((token, request, signal) => desk.serve(token, request, signal));
    const listening = await listenSocket({ app, path: path.value, scope });
    if (!listening.ok) {
      await scope.close();
      log.warn('agents get none of the tools of Homer', { error: listening.error.message });
      return null;
    }
    open = { path: path.value, scope };
    return path.value;
  };
  const door = async (): Promise<string | null> => {
    if (open !== null) return open.path;
    opening ??= openNow().finally(() => {
      opening = null;
    });
    return opening;
  };

  return {
    async grant({ runId, executor }): Promise<McpGrant | null> {
      starting += 1;
      const known = options.executors.get(executor);
      if (!known.ok || known.value.takesMcp !== true) return null;
      const start = bridgeOf(options.installation, env);
      if (start === null) {
        log.warn('agents get none of the tools of Homer: no Node was found to start them with', {
          needs: LEAST_NODE,
        });
        return null;
      }
      const socket = await door();
      if (socket === null) return null;
      const { token, digest } = desk.issue();
      return {
        program: start.node,
        args: [start.entry, 'mcp', '--run', runId, '--socket', socket],
        socket,
        token,
        digest,
      };
    },
    release() {
      starting -= 1;
    },
    attend() {
      if (desk.wanted()) {
        door().catch((error: unknown) => {
          log.error('the socket of agents could not be opened', { error: messageOf(error) });
        });
        return;
      }
      const closing = open;
      if (closing === null || opening !== null || starting > 0) return;
      open = null;
      closing.scope.close().catch((error: unknown) => {
        log.error('the socket of agents could not be closed', { error: messageOf(error) });
      });
    },
  };
}

/** The Node and the script that `homer mcp` is: the host's own Node, or, where the host is Electron, the machine's. */
function bridgeOf(
  installation: Installation,
  env: Readonly<Record<string, string | undefined>>,
): { node: string; entry: string } | null {
  const packed = (process.versions as Partial<Record<string, string>>)['electron'] !== undefined;
  const node = !packed ? process.execPath : findNode(LEAST_NODE, env);
  if (node === undefined) return null;
  const built = join(installation.root, 'out', 'main', 'homer.js');
  const packaged = !packed
    ? ''
    : join((process as { resourcesPath?: string }).resourcesPath ?? '', 'command', 'out', 'main', 'homer.js');
  const sources = join(installation.root, 'main', 'homer.ts');
  const order = import.meta.filename.endsWith('.ts') ? [sources, built] : [packaged, built, sources];
  const entry = order.find((path) => path !== '' && !path.includes('.asar') && existsSync(path));
  return entry === undefined ? null : { node, entry };
}
