import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { Result } from '../shared/result.ts';
import type { ChildRecord, RunOrder, TurnEnding } from './runner.ts';

/**
 * What Homer knows of one agent program: how to find it, how to call it, how to read what it prints. The runner does all else
 * (processes, spool, bounds, redaction, time), so another program is another `Executor`, never another runner.
 */
export interface Executor {
  /** As stored with a run; lower case. */
  readonly name: string;
  readonly label: string;
  /** Variables of the host's environment this program needs besides the allow-list, such as that of its key. */
  readonly passEnv: readonly string[];
  detect(): Promise<ExecutorInfo>;
  command(order: RunOrder): Result<ExecutorCommand>;
  /** A parser of one turn. It is fed the whole output once, also after a crash of the host, so it may keep what it needs. */
  createParser(turn: Pick<ChildRecord, 'runId' | 'step' | 'attempt'>): TurnParser;
}

export interface ExecutorCommand {
  /** A path, or a name to look up on the child's PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface ExecutorInfo {
  readonly name: string;
  readonly label: string;
  /** Whether Homer can run work with it in this version. */
  readonly usable: boolean;
  readonly found: boolean;
  readonly path: string | null;
  readonly version: string | null;
  readonly note: string;
}

export type OutputStream = 'stdout' | 'stderr';

export interface OutputLine {
  readonly stream: OutputStream;
  /** Without its newline; raw, at most 1 MiB. */
  readonly text: string;
  /** Bytes of the line that the cap left out. */
  readonly dropped: number;
}

/** How a child ended, as the system tells. One of both is null; both are when nobody saw it end. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export type ParsedEnding = Omit<TurnEnding, 'exitCode' | 'signal' | 'durationMs' | 'class'> & {
  /** What the runner cannot see from outside; it knows itself of cancelled, timed out and lost. */
  readonly class: Exclude<TurnEnding['class'], 'cancelled' | 'timed_out' | 'no_output' | 'flooded' | 'lost'>;
};

export interface TurnParser {
  /** Never throws: a line that is not understood becomes `output`. The runner redacts and bounds what is emitted. */
  line(line: OutputLine, emit: (event: NewRunEvent) => void): void;
  ending(exit: ChildExit): ParsedEnding;
}

/** A line as it stands, for a parser that makes nothing of it. */
export function outputEvent(step: number, line: OutputLine): NewRunEvent {
  const text = line.dropped > 0 ? `${line.text}… [${String(line.dropped)} bytes left out]` : line.text;
  return { type: 'output', payload: { step, stream: line.stream, text } };
}
