import type { SignedIn } from '../domain/account/signed-in.ts';
import type { EndpointHealth, ModelSource, OfferedModel } from '../domain/agent/model-list.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { SessionFigures } from '../domain/run/session-figures.ts';
import type { Result } from '../shared/result.ts';
import type { RunOrder, TurnEnding } from './runner.ts';
import type { VersionRange } from './version-range.ts';

/**
 * What Homer knows of one agent program: how to find it, how to call it, how to read what it prints. The runner does all else
 * (processes, spool, bounds, redaction, time), so another program is another `Executor`, never another runner.
 */
export interface Executor {
  /** As stored with a run; lower case. */
  readonly name: string;
  readonly label: string;
  /** Variables of the host's environment this program needs besides the allow-list; `FOO_*` stands for all that begin so. */
  readonly passEnv: readonly string[];
  /** Those by which the owner is signed in. An order with an account leaves them out: one account's key never meets another's. */
  readonly signInEnv: readonly string[];
  /** Whether the program starts MCP servers, and `command` names it those of the order. */
  readonly takesMcp?: boolean;
  /** How long the program takes at most to end in order when it is told to, in ms; the runner's own time when not given. */
  readonly graceMs?: number;
  /** For who has the program not, or not signed in. */
  readonly guide?: Partial<ExecutorGuide>;
  /** The variable it finds the address of its models in, for one whose accounts may each have an address of their own. */
  readonly addressVariable?: string;
  /** The variable that names the folder of a sign-in, for one whose models differ by it. */
  readonly homeVariable?: string;
  /** How the names of its models begin in the price table, for one that has no list of its own. */
  readonly modelPrefix?: string;
  detect(ask: DetectionRoom): Promise<ExecutorInfo>;
  /** The models it can be asked for by name, as the program itself tells; a list is made anew each time. */
  models?(room: DetectionRoom): Promise<Result<ToldModels>>;
  /** Reads the disk at most: where the program lies. Nothing is written; what the program needs is in `files`. */
  command(order: RunOrder, at: CommandPlace): Result<ExecutorCommand>;
  /** A parser of one turn. It is fed the whole output once, also after a crash of the host, so it may keep what it needs. */
  createParser(turn: TurnContext): TurnParser;
}

/** Where a command is made for. */
export interface CommandPlace {
  /** A folder of this turn alone, which `files` go into and which is gone when the turn is over. */
  readonly folder: string;
  /** The environment the child will have, before what the command adds. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ExecutorCommand {
  /** A path, or a name to look up on the child's PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What is on the child's standard input; `nothing` where the arguments hold the prompt. */
  readonly stdin: 'prompt' | 'nothing';
  /** Files of the turn's folder, by their path in it, such as configuration; readable to the owner alone. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Links of that folder to what the program keeps elsewhere, for one that looks for all it has in one place. */
  readonly links?: readonly CommandLink[];
}

export interface CommandLink {
  readonly path: string;
  readonly to: string;
  /** A folder that is made when it is not there yet. */
  readonly folder?: boolean;
}

/** What a parser knows of the turn it reads. It stands in the spool, so that a later host reads on the same way: no secret is in it. */
export interface TurnContext {
  readonly runId: string;
  readonly step: number;
  readonly attempt: number;
  readonly worktree: string;
  /** The model that was asked for; null: the program's own choice. */
  readonly model: string | null;
  /** The session that was to be gone on with, and what its program told of it last. */
  readonly sessionId: string | null;
  readonly reported: SessionFigures | null;
  /** Calls of the model it may take, for a program that cannot hold itself to a limit; null: no limit. */
  readonly turnLimit: number | null;
  /** Folder of the account's own, when the order granted one that has it. */
  readonly home: string | null;
}

/** What detection may use: no network, and nothing that is written to. */
export interface DetectionRoom {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a program with the environment a child would have; null when it did not end by itself in time. */
  ask(
    program: string,
    args: readonly string[],
    more?: {
      readonly env?: Readonly<Record<string, string>>;
      /** Bytes of output to keep, where an answer is long. */
      readonly outputLimit?: number;
    },
  ): Promise<{ readonly exitCode: number; readonly output: string } | null>;
}

/** `endpoint`: of one whose models are behind an address; its trouble is no failure, but stands there. */
export interface ToldModels {
  readonly source: ModelSource;
  readonly models: readonly OfferedModel[];
  readonly endpoint?: Omit<EndpointHealth, 'accountId' | 'label' | 'models'>;
}

export interface ExecutorInfo {
  readonly name: string;
  readonly label: string;
  /** Whether Homer can run work with it in this version. */
  readonly usable: boolean;
  readonly found: boolean;
  /** What is started. */
  readonly path: string | null;
  readonly version: string | null;
  readonly signedIn: SignedIn;
  readonly note: string;
}

/** What people are told of a program beside what was found. */
export interface ExecutorGuide {
  /** A command that installs it; empty: its maker's page says how. */
  readonly install: string;
  /** A sentence; empty where there is nothing to sign in to. */
  readonly signIn: string;
  /** Versions that are known to work. */
  readonly tested: VersionRange | null;
  /** The owner's file that declares it; null for those that come with Homer. */
  readonly file: string | null;
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
  /**
   * Never throws: a line that is not understood becomes `output`. The runner redacts and bounds what is emitted. `over`: nothing good is to
   * be expected any more, such as of a program that tries again for ever; its tree is ended and the parser's ending stands.
   */
  line(line: OutputLine, emit: (event: NewRunEvent) => void): 'over' | undefined;
  ending(exit: ChildExit): ParsedEnding;
}

/** A line as it stands, for a parser that makes nothing of it. */
export function outputEvent(step: number, line: OutputLine): NewRunEvent {
  const text = line.dropped > 0 ? `${line.text}… [${String(line.dropped)} bytes left out]` : line.text;
  return { type: 'output', payload: { step, stream: line.stream, text } };
}
