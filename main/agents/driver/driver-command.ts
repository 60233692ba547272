import { join } from 'node:path';
import type { CommandPlace, ExecutorCommand } from '../executor.ts';
import type { Launch } from '../node-program.ts';
import type { McpGrant } from '../runner.ts';
import type { TurnFile } from './turn-file.ts';

const TURN_FILE = 'turn.json';

/** What the protocol needs, besides what the plain command and the place tell. */
export type SpokenTurn = Pick<
  TurnFile,
  'protocol' | 'args' | 'worktree' | 'sessionId' | 'model' | 'wish' | 'server' | 'useArgs'
> & {
  readonly mcp: McpGrant;
  /** What the program's environment has in place of the plain one's. */
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * The command of a turn with a program that is spoken to, made of the one without: the driver is started in the place of the program, and told in
 * a file how to start it either way. `driver`: how the driver itself is started.
 */
export function driverCommand(
  driver: Launch,
  plain: ExecutorCommand,
  at: CommandPlace,
  of: SpokenTurn,
): ExecutorCommand {
  const { mcp, env = {}, ...rest } = of;
  const changed = Object.keys(env);
  const turn: TurnFile = {
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
