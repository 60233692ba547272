import { cleanText } from './clean-text.ts';
import type { TaskState } from './runner.ts';

/** What an agent said of its work, by a line such as `TASK_STATE: BLOCKED: Which port?`. */
export interface SaidState {
  readonly state: TaskState;
  /** What it asks, when blocked; else empty. */
  readonly question: string;
}

/** Agents like to set such a line in bold, in a code span or a quote. What follows the word is looked at by hand: it may be long. */
const LINE = /^[\s>*_`#-]*TASK_STATE\s*:[\s*_`]*(DONE|CONTINUE|BLOCKED)\b/;
const LEADING = /^[\s*_`.]*/;
const DECORATION = new Set(' \t\r*_`');
const NOTHING: SaidState = { state: 'none', question: '' };

/** The state that one line names; undefined for every other line. */
export function stateOfLine(line: string): SaidState | undefined {
  if (!line.includes('TASK_STATE')) return undefined;
  const text = cleanText(line);
  const match = LINE.exec(text);
  if (!match) return undefined;
  const rest = text.slice(match[0].length).replace(LEADING, '');
  if (rest !== '' && !rest.startsWith(':')) return undefined;
  const state = match[1] === 'DONE' ? 'done' : match[1] === 'BLOCKED' ? 'blocked' : 'continue';
  return { state, question: state === 'blocked' ? plain(rest.slice(1).trimStart()) : '' };
}

function plain(text: string): string {
  let end = text.length;
  while (end > 0 && DECORATION.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The last state that a text names. */
export function stateOfText(text: string): SaidState {
  if (!text.includes('TASK_STATE')) return NOTHING;
  return text.split('\n').reduce((last, line) => stateOfLine(line) ?? last, NOTHING);
}
