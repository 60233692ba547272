import type { NewRunEvent } from '../domain/run/run-event.ts';
import { cleanText } from './clean-text.ts';
import { outputEvent, type ChildExit, type OutputLine, type ParsedEnding } from './executor.ts';
import type { TurnUsage } from './runner.ts';
import { stateOfText } from './task-state.ts';

export const NO_USAGE: TurnUsage = {
  tokensIn: 0,
  tokensOut: 0,
  tokensCached: 0,
  tokensCacheWrite: 0,
  tokensReasoning: 0,
  costMicroUsd: null,
};

/** What every parser keeps of a turn for its ending: what was said last, and what stood on standard error. */
export interface TurnNotes {
  sessionId: string | null;
  model: string | null;
  /** The agent's last words; its `TASK_STATE` stands in them. */
  said: string;
  /** Keeps a line of standard error: the last ones are told when the program dies. */
  keep(text: string): void;
  /** Keeps it and hands it on as it stands. */
  complain(line: OutputLine, emit: (event: NewRunEvent) => void): void;
  /** The last lines of standard error. */
  complaints(): string;
  /** An ending with everything that is not given taken from the notes. `why`: what a person reads of a failure. */
  ending(
    of: Pick<ParsedEnding, 'class'> & Partial<ParsedEnding> & { readonly why?: string },
    exit: ChildExit,
  ): ParsedEnding;
}

const MOST_LINES = 20;
const MOST_OF_LINE = 2_000;
const MOST_SAID = 256 * 1024;

export function createTurnNotes(step: number): TurnNotes {
  const lines: string[] = [];
  const notes: TurnNotes = {
    sessionId: null,
    model: null,
    said: '',
    keep(text) {
      if (text.trim() === '') return;
      lines.push(text.slice(0, MOST_OF_LINE));
      if (lines.length > MOST_LINES) lines.shift();
    },
    complain(line, emit) {
      notes.keep(line.text);
      emit(outputEvent(step, line));
    },
    complaints: () => lines.map(cleanText).join('\n').trim(),
    ending({ why, ...of }, exit) {
      const said = notes.said.slice(-MOST_SAID);
      const { state, question } = stateOfText(said);
      const fine = of.class === 'ok' || of.class === 'turn_limit';
      const told = fine
        ? said
        : [exitSentence('The agent', exit), why ?? ''].filter((part) => part !== '').join('\n');
      return {
        taskState: of.class === 'ok' ? state : 'none',
        message: of.class === 'ok' && state === 'blocked' ? question || said : told || said,
        sessionId: notes.sessionId,
        model: notes.model,
        resetsAt: null,
        windows: [],
        reported: null,
        ...NO_USAGE,
        ...of,
      };
    },
  };
  return notes;
}

/** Empty when there is nothing to tell. */
export function exitSentence(who: string, { code, signal }: ChildExit): string {
  if (signal !== null) return `${who} was ended by ${signal}.`;
  return code === null || code === 0 ? '' : `${who} ended with exit code ${String(code)}.`;
}
