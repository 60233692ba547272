import { isAbsolute, relative } from 'node:path';
import type { JsonObject } from '../domain/primitives.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import type { SessionFigures } from '../domain/run/session-figures.ts';
import { formatTime } from '../shared/clock.ts';
import { boundInput } from './bound-input.ts';
import { cleanText } from './clean-text.ts';
import type { ChildExit, ParsedEnding } from './executor.ts';
import type { TurnUsage } from './runner.ts';
import { stateOfText, type SaidState } from './task-state.ts';

type Emit = (event: NewRunEvent) => void;

/** Figures that are left out were not told; of a cost that is not the same as nothing. */
export type Used = Pick<TurnUsage, 'tokensIn' | 'tokensOut'> & Partial<TurnUsage>;

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
 * What the parser of any agent notes of one turn while it turns lines into run events, and the ending that follows from it: the rules
 * that hold for all of them stand here once.
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

const COMPLAINTS = 20;
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
  const complaints: string[] = [];
  const pending = new Map<string, CalledChange>();
  let said = '';
  let state: SaidState = { state: 'none', question: '' };
  let sessionId: string | null = null;
  let model: string | null = null;
  let settled: 'ok' | Failed | undefined;
  let reported: SessionFigures | null = null;
  const usage: { -readonly [Figure in keyof TurnUsage]: TurnUsage[Figure] } = {
    tokensIn: 0,
    tokensOut: 0,
    tokensCached: 0,
    tokensCacheWrite: 0,
    tokensReasoning: 0,
    costMicroUsd: null,
  };

  const shown = (path: string): string => {
    if (worktree === '' || !isAbsolute(path)) return path;
    const short = relative(worktree, path);
    return short === '' || short.startsWith('..') ? path : short;
  };
  const outcomeOf = (
    exit: ChildExit,
    guess: ((complaints: string, exit: ChildExit) => Failed | undefined) | undefined,
  ): 'ok' | Failed => {
    if (settled !== undefined) return settled;
    const words = complaints.map(cleanText).join('\n').trim();
    const guessed = guess?.(words, exit);
    if (guessed) return guessed;
    if (exit.code === 0)
      return {
        class: 'no_result',
        message: `${label} ended without saying that it was done.\n${words}`.trim(),
      };
    return { class: 'crashed', message: `${endedBy(label, exit)}\n${words || said}`.trim() };
  };

  return {
    message(text, emit) {
      if (text.trim() === '') return;
      said = text.length > KEPT_CHARACTERS ? text.slice(-KEPT_CHARACTERS) : text;
      const told = stateOfText(said);
      if (told.state !== 'none') state = told;
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
      if (ok) emit({ type: 'file_change', payload: { step, ...change, path: shown(change.path) } });
    },
    retry(reason, afterMs, emit) {
      emit({ type: 'retry', payload: { step, reason, afterMs: Math.round(sane(afterMs)) } });
    },
    error(tag, message, emit) {
      emit({ type: 'error', payload: { step, tag, message } });
    },
    used(more, emit) {
      const [tokensIn, tokensOut] = [sane(more.tokensIn), sane(more.tokensOut)];
      const [tokensCached, tokensCacheWrite] = [sane(more.tokensCached), sane(more.tokensCacheWrite)];
      const tokensReasoning = sane(more.tokensReasoning);
      const costMicroUsd = typeof more.costMicroUsd === 'number' ? sane(more.costMicroUsd) : null;
      usage.tokensIn += tokensIn;
      usage.tokensOut += tokensOut;
      usage.tokensCached += tokensCached;
      usage.tokensCacheWrite += tokensCacheWrite;
      usage.tokensReasoning += tokensReasoning;
      if (costMicroUsd !== null) usage.costMicroUsd = (usage.costMicroUsd ?? 0) + costMicroUsd;
      if (tokensIn + tokensOut + tokensCached + (costMicroUsd ?? 0) === 0) return;
      emit({
        type: 'usage',
        payload: {
          step,
          tokensIn,
          tokensOut,
          tokensCached,
          tokensCacheWrite,
          tokensReasoning,
          costMicroUsd,
          ...(model === null ? {} : { model }),
        },
      });
    },
    report: (figures) => void (reported = figures),
    complain(text) {
      if (text.trim() === '') return;
      complaints.push(text.slice(0, 2_000));
      if (complaints.length > COMPLAINTS) complaints.shift();
    },
    session: (id) => void (sessionId = id ?? sessionId),
    model: (name) => void (model = name ?? model),
    settle: (outcome) => void (settled = outcome),
    get settled() {
      return settled;
    },
    get said() {
      return said;
    },
    get sessionId() {
      return sessionId;
    },
    ending(exit, guess) {
      const outcome = outcomeOf(exit, guess);
      const failed = outcome === 'ok' ? undefined : outcome;
      const asked = state.state === 'blocked' ? state.question || said : '';
      return {
        class: failed?.class ?? 'ok',
        taskState: failed ? 'none' : state.state,
        message: failed ? failed.message : asked || said,
        sessionId,
        model,
        resetsAt: formatReset(failed?.resetsAt ?? null),
        windows: [],
        reported,
        ...usage,
      };
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

function endedBy(label: string, exit: ChildExit): string {
  if (exit.signal !== null) return `${label} was ended by ${exit.signal}.`;
  return exit.code === null ? '' : `${label} ended with exit code ${String(exit.code)}.`;
}

/** Lines of a text, as a diff counts them. */
export function lineCount(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
