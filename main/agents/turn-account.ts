import { isAbsolute, relative } from 'node:path';
import type { JsonObject } from '../domain/primitives.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { SessionFigures } from '../domain/run/session-figures.ts';
import { formatTime } from '../shared/clock.ts';
import { boundInput } from './bound-input.ts';
import type { ChildExit, ParsedEnding } from './executor.ts';
import type { TurnUsage } from './runner.ts';
import { stateOfText, type SaidState } from './task-state.ts';
import { createTurnNotes, exitSentence } from './turn-notes.ts';
import { createUsageTold } from './usage-sum.ts';

type Emit = (event: NewRunEvent) => void;

/** Figures that are left out were not told; of a cost that is not the same as nothing. */
export type Used = Pick<TurnUsage, 'tokensIn' | 'tokensOut'> &
  Partial<TurnUsage> & {
    /** Of so many calls of the model, where that was told. */
    readonly calls?: number;
  };

/** What a tool call will have done to a file when it succeeds. */
export interface CalledChange {
  readonly path: string;
  readonly change: 'added' | 'modified' | 'deleted';
  readonly additions: number;
  readonly deletions: number;
}

export interface Failed {
  readonly class: Exclude<ParsedEnding['class'], 'ok'>;
  readonly message: string;
  /** Wall time when a limit is lifted, ms since 1970; null when nothing was told. */
  readonly resetsAt?: number | null;
}

/**
 * Turns what an agent prints, event by event, into run events and the ending that follows from them, on the notes of the turn
 * (`turn-notes.ts`) and the sum of its use (`usage-sum.ts`). For programs that tell their ending in an event; one whose result and exit must be
 * weighed together, as Claude Code's and Codex's, has the notes alone.
 *
 * - The last terminal event counts, whether it told success or failure.
 * - Without one, an exit with 0 is `no_result`, and any other a crash, unless the program's own words or its code say more.
 * - The task state is the last one the agent gave in its own words.
 */
export interface TurnAccount {
  message(text: string, emit: Emit): void;
  reasoning(text: string, emit: Emit): void;
  toolCall(
    call: {
      id: string;
      tool: string;
      input: JsonObject[string] | undefined;
      change?: CalledChange | undefined;
    },
    emit: Emit,
  ): void;
  toolResult(result: { id: string; ok: boolean; output: string }, emit: Emit): void;
  /** A change that is told only once it is made; one that its call told already is shown by its result. */
  changed(change: CalledChange, emit: Emit): void;
  retry(reason: string, afterMs: number, emit: Emit): void;
  /** Trouble that may pass; `settle` says what the turn came to. */
  error(tag: string, message: string, emit: Emit): void;
  /** Counts what was used since the last call, and shows it. */
  used(usage: Used, emit: Emit): void;
  /** What the next turn of this session is to be told, where the program counts from the beginning of the session. */
  report(figures: SessionFigures): void;
  /** A line of standard error: the last ones are told when the program dies. */
  complain(text: string): void;
  session(id: string | null): void;
  model(name: string | null): void;
  settle(outcome: 'ok' | Failed): void;
  readonly settled: 'ok' | Failed | undefined;
  /** `said`: what the program said last. */
  readonly said: string;
  readonly sessionId: string | null;
  /** `guess` classifies an ending without a terminal event by what the program complained of. */
  ending(exit: ChildExit, guess?: (complaints: string, exit: ChildExit) => Failed | undefined): ParsedEnding;
}

const PENDING_CALLS = 1_000;
/** Of a message as a whole; events are bounded by the runner. */
const KEPT_CHARACTERS = 65_536;

export function createTurnAccount(options: {
  readonly step: number;
  readonly label: string;
  /** Paths below it are shown relative to it. */
  readonly worktree: string;
}): TurnAccount {
  const { step, label, worktree } = options;
  const notes = createTurnNotes(step);
  const told = createUsageTold(step);
  const pending = new Map<string, CalledChange>();
  let state: SaidState = { state: 'none', question: '' };
  let settled: 'ok' | Failed | undefined;
  let reported: SessionFigures | null = null;

  const shown = (path: string): string => {
    if (worktree === '' || !isAbsolute(path)) return path;
    const short = relative(worktree, path);
    return short === '' || short.startsWith('..') ? path : short;
  };
  const changed = (change: CalledChange, emit: Emit): void => {
    emit({ type: 'file_change', payload: { step, ...change, path: shown(change.path) } });
  };
  const outcomeOf = (
    exit: ChildExit,
    guess: ((complaints: string, exit: ChildExit) => Failed | undefined) | undefined,
  ): 'ok' | Failed => {
    if (settled !== undefined) return settled;
    const words = notes.complaints();
    const guessed = guess?.(words, exit);
    if (guessed) return guessed;
    if (exit.code === 0)
      return {
        class: 'no_result',
        message: `${label} ended without saying that it was done.\n${words}`.trim(),
      };
    return { class: 'crashed', message: `${exitSentence(label, exit)}\n${words || notes.said}`.trim() };
  };

  return {
    message(text, emit) {
      if (text.trim() === '') return;
      notes.said = text.slice(-KEPT_CHARACTERS);
      const heard = stateOfText(notes.said);
      if (heard.state !== 'none') state = heard;
      emit({ type: 'message', payload: { step, text } });
    },
    reasoning(text, emit) {
      if (text.trim() !== '') emit({ type: 'reasoning', payload: { step, text } });
    },
    toolCall({ id, tool, input, change }, emit) {
      if (change && pending.size < PENDING_CALLS) pending.set(id, change);
      emit({ type: 'tool_call', payload: { step, id, tool, input: boundInput(input) } });
    },
    toolResult({ id, ok, output }, emit) {
      emit({ type: 'tool_result', payload: { step, id, ok, output } });
      const change = pending.get(id);
      if (!change) return;
      pending.delete(id);
      if (ok) changed(change, emit);
    },
    changed,
    retry(reason, afterMs, emit) {
      emit({ type: 'retry', payload: { step, reason, afterMs: Math.round(sane(afterMs)) } });
    },
    error(tag, message, emit) {
      emit({ type: 'error', payload: { step, tag, message } });
    },
    used(more, emit) {
      const event = told.more(
        {
          tokensIn: sane(more.tokensIn),
          tokensOut: sane(more.tokensOut),
          tokensCached: sane(more.tokensCached),
          tokensCacheWrite: sane(more.tokensCacheWrite),
          tokensReasoning: sane(more.tokensReasoning),
          costMicroUsd: typeof more.costMicroUsd === 'number' ? sane(more.costMicroUsd) : null,
        },
        notes.model,
        more.calls,
      );
      if (event) emit(event);
    },
    report: (figures) => void (reported = figures),
    complain: notes.keep,
    session: (id) => void (notes.sessionId = id ?? notes.sessionId),
    model: (name) => void (notes.model = name ?? notes.model),
    settle: (outcome) => void (settled = outcome),
    get settled() {
      return settled;
    },
    get said() {
      return notes.said;
    },
    get sessionId() {
      return notes.sessionId;
    },
    ending(exit, guess) {
      const outcome = outcomeOf(exit, guess);
      const failed = outcome === 'ok' ? undefined : outcome;
      const asked = state.state === 'blocked' ? state.question || notes.said : '';
      return notes.ending(
        {
          class: failed?.class ?? 'ok',
          taskState: failed ? 'none' : state.state,
          message: failed ? failed.message : asked || notes.said,
          resetsAt: formatReset(failed?.resetsAt ?? null),
          reported,
          ...told.sum(),
        },
        exit,
      );
    },
  };
}

/** Figures no program can mean are cut, so that sums of many stay whole numbers; what is no figure is none. */
function sane(figure: number | undefined): number {
  return figure === undefined || !(figure > 0) ? 0 : Math.min(figure, 2 ** 43);
}

/** Far in the future is a wrong figure, not a time to wait for. */
const LATEST_MS = 8.64e15;

function formatReset(at: number | null): string | null {
  return at !== null && Number.isFinite(at) && Math.abs(at) < LATEST_MS ? formatTime(at) : null;
}

/** Lines of a text, as a diff counts them. */
export function lineCount(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
