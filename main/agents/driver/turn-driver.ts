import type { AskHost } from '../../domain/agent/tools.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Scope } from '../../shared/scope.ts';
import type { Protocol, TurnFile } from './turn-file.ts';

/** One turn in one protocol: what is said to the program and what its lines mean. */
export interface TurnDriver {
  /** A line of the program. What the host is to read is printed. */
  receive(line: string): void;
  /** Takes the turn; `unspoken`: the program does not speak the protocol, and why. */
  take(prompt: string): Promise<'done' | 'failed' | { readonly unspoken: string }>;
  /** Asks the program to leave what it does; what it waits for is answered. */
  cancel(): void;
  /** The program is gone. */
  gone(why: string): void;
  /** What is left to be done when the turn was taken and the program has ended. */
  ended?(): Promise<void>;
}

export type CreateDriver = (options: {
  readonly turn: TurnFile;
  /** Of Homer. */
  readonly version: string;
  /** Writes to the program. */
  readonly send: (line: string) => void;
  /** A line as it stands in the spool. */
  readonly print: (line: string) => void;
  /** Asks the host, and through it the owner, over restarts of the host. */
  readonly ask: AskHost;
  /** By which the turn's own tools know the host. */
  readonly token: string;
  readonly clock: Clock;
  readonly scope: Scope;
}) => TurnDriver;

/** What is printed whatever the protocol, one JSON object a line. */
export type FrameLine =
  /** Always the first line of a turn that begins with a protocol. */
  | { readonly homer: Protocol; readonly version: 1 }
  /** The program does not speak the protocol; all that follows is what it prints without. */
  | { readonly homer: 'plain'; readonly why: string };
