import { readFileSync } from 'node:fs';

/**
 * What the driver is told of its turn, in a file of the turn's own folder that this version of Homer writes for itself. The token of Homer's
 * door is not in it: that comes by the environment.
 */
export interface AcpTurnFile {
  readonly version: 1;
  /** How the program is started to speak the protocol. */
  readonly program: string;
  readonly args: readonly string[];
  readonly worktree: string;
  /** The session to go on with. */
  readonly sessionId: string | null;
  /** Asked for once the session is there, where the program lists it; null: it was named by the arguments, or is the program's choice. */
  readonly model: string | null;
  /** Where the host is asked. */
  readonly socket: string;
  /** How the turn is taken when the program does not speak the protocol. */
  readonly plain: {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly stdin: 'prompt' | 'nothing';
  };
}

/** Variable that holds the token for `socket`. */
export const TOKEN_VARIABLE = 'HOMER_MCP_TOKEN';

export function readTurnFile(path: string): AcpTurnFile {
  return JSON.parse(readFileSync(path, 'utf8')) as AcpTurnFile;
}
