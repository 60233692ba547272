import { join } from 'node:path';
import type { CommandPlace, ExecutorCommand } from '../executor.ts';
import type { Launch } from '../node-program.ts';
import type { McpGrant } from '../runner.ts';
import type { AcpTurnFile } from './turn-file.ts';

const TURN_FILE = 'acp.json';

/**
 * The command of a turn over the Agent Client Protocol, made of the one without: the driver is started in the place of the program, and told in
 * a file how to start it either way. `driver`: how the driver itself is started.
 */
export function acpCommand(
  driver: Launch,
  plain: ExecutorCommand,
  at: CommandPlace,
  of: Pick<AcpTurnFile, 'args' | 'worktree' | 'sessionId' | 'model'> & {
    readonly mcp: McpGrant;
    /** What the program's environment has in place of the plain one's. */
    readonly env?: Readonly<Record<string, string>>;
  },
): ExecutorCommand {
  const { mcp, env = {}, ...rest } = of;
  const changed = Object.keys(env);
  const turn: AcpTurnFile = {
    version: 1,
    program: plain.program,
    ...rest,
    socket: mcp.socket,
    plain: {
      args: plain.args,
      stdin: plain.stdin,
      env: Object.fromEntries(Object.entries(plain.env).filter(([name]) => changed.includes(name))),
    },
  };
  return {
    ...plain,
    program: driver.program,
    args: [...driver.args, join(at.folder, TURN_FILE)],
    env: { ...plain.env, ...env },
    stdin: 'prompt',
    files: [...plain.files, { path: TURN_FILE, text: JSON.stringify(turn) }],
  };
}
