import type { Clock } from '../../shared/clock.ts';
import type { Connection } from '../client/connection.ts';
import type { Paint } from './paint.ts';

/** Where the command line writes; a terminal says so and how wide it is. */
export interface OutStream {
  write(text: string, done?: () => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface InStream extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  /** Where it is a terminal: keys come one by one, and are not shown. */
  setRawMode?(on: boolean): unknown;
}

/** What one command has to work with. */
export interface CommandContext {
  /** Opened on first use and closed with the command. */
  readonly connection: () => Promise<Connection>;
  readonly json: boolean;
  /** Terminal width in cells; infinite for a pipe, so that nothing is cut. */
  readonly width: number;
  readonly terminal: boolean;
  readonly paint: Paint;
  readonly clock: Clock;
  readonly dataDir: string | undefined;
  readonly signal: AbortSignal;
  /** Words on standard output as they come; nothing when the answer is JSON. */
  readonly say: (text: string) => void;
  /** What a command that goes on running has to say at its start: the one JSON document, or words. */
  readonly announce: (json: unknown, text: string) => void;
  /** A remark on standard error for a person at a terminal; nothing when output is piped or JSON. */
  readonly note: (text: string) => void;
  /** Asks before what cannot be undone; goes on without asking away from a terminal, or with `--yes`. */
  readonly confirm: (question: string) => Promise<void>;
  readonly readInput: () => Promise<string>;
  /** As `readInput`, but for one line typed at a terminal that does not show it. */
  readonly readSecret: (question: string) => Promise<string>;
}

/** What a command answers: a value for `--json`, words for people, and an exit code where it is not 0. */
export interface Answer {
  /** Undefined when the document was announced already. */
  readonly json: unknown;
  readonly text: string;
  readonly exit?: number;
  /** It goes on until it is told to stop, so being stopped is no interruption. */
  readonly untilStopped?: true;
}
