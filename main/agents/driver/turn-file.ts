import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../domain/primitives.ts';

/** The protocols in which a program is spoken to, each with a driver of its own. */
export type Protocol = 'acp' | 'codex';

/**
 * What the driver is told of its turn, in a file of the turn's own folder that this version of Homer writes for itself. The token of Homer's
 * door is not in it: that comes by the environment.
 */
export interface TurnFile {
  readonly version: 1;
  readonly protocol: Protocol;
  /** How the program is started to speak the protocol. */
  readonly program: string;
  readonly args: readonly string[];
  readonly worktree: string;
  /** The session to go on with. */
  readonly sessionId: string | null;
  /** Asked for once the session is there, where the program lists it; null: it was named by the arguments, or is the program's choice. */
  readonly model: string | null;
  /** What else is wanted, in the words of the protocol. */
  readonly wish?: JsonObject;
  /** Homer's tools, for a program that is given them with the session; else its own settings name them, with the time they may take. */
  readonly server?: { readonly command: string; readonly args: readonly string[] };
  /** What makes the program print the session `{session}` with what its calls used, where it does not tell that over the protocol. */
  readonly useArgs?: readonly string[];
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

export function readTurnFile(path: string): TurnFile {
  return JSON.parse(readFileSync(path, 'utf8')) as TurnFile;
}
