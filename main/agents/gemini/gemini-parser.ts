import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { cleanText } from '../clean-text.ts';
import { outputEvent, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import { countAt, jsonOfLine, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import {
  createTurnAccount,
  lineCount,
  type CalledChange,
  type Failed,
  type TurnAccount,
} from '../turn-account.ts';

type Emit = (event: NewRunEvent) => void;

/** Text comes in pieces of a few characters; a long answer is shown in parts of about this size. */
const SHOW_AFTER = 4_000;
const TURN_LIMIT_CODE = 53;
const REQUEST_REFUSED_CODES: Readonly<Record<number, number>> = { [401 & 255]: 401, [429 & 255]: 429 };
/** The two lines of standard error by which a retry is told: the reason may stand on the first, the wait on the second. */
const ATTEMPT = /^Attempt \d+ failed(?: with status \d+)?[:.]?\s*(.*)$/;
const RETRYING = /Retrying (?:after|in) (\d+(?:\.\d+)?)\s*(ms|s)\b/;
/** Warnings after which it ends as if all were well. */
const STOPPED = /^(?:Loop detected|Agent execution (?:stopped|blocked)|Maximum session turns)/;
const INPUT_CODE = 42;
const SUGGESTED =
  /(?:retry (?:after|in)|reset(?:s)? (?:after|in))\s+((?:\d+(?:\.\d+)?\s*(?:ms|h|m|s)\s*)+)/iu;

/** Reads `--output-format stream-json` of Gemini CLI, with what it tells of retries on standard error alone. */
export function createGeminiParser(turn: Pick<TurnContext, 'step' | 'worktree'>): TurnParser {
  const { step } = turn;
  const notes = createTurnAccount({ ...turn, label: 'Gemini CLI' });
  let saying = '';
  let attempt = '';
  let trouble = '';

  const flush = (emit: Emit): void => {
    if (saying === '') return;
    notes.message(saying, emit);
    saying = '';
  };
  const complain = (text: string, emit: Emit): void => {
    notes.complain(text);
    const failed = ATTEMPT.exec(text);
    if (failed) attempt = failed[1] ?? '';
    const wait = RETRYING.exec(text);
    if (!wait) return;
    notes.retry(cleanText(attempt || text), Number(wait[1]) * (wait[2] === 's' ? 1_000 : 1), emit);
    attempt = '';
  };
  const structured = (line: JsonObject, emit: Emit): boolean => {
    switch (line['type']) {
      case 'init':
        notes.session(textOrNullAt(line, 'session_id'));
        notes.model(textOrNullAt(line, 'model'));
        return true;
      case 'message': {
        if (line['role'] === 'user') return true;
        const text = textAt(line, 'content');
        if (line['role'] !== 'assistant') return false;
        saying += text;
        if (line['delta'] !== true || (saying.length > SHOW_AFTER && text.includes('\n'))) flush(emit);
        return true;
      }
      case 'tool_use': {
        flush(emit);
        const tool = textAt(line, 'tool_name');
        const change = changeOf(tool, objectAt(line, 'parameters'));
        notes.toolCall({ id: textAt(line, 'tool_id'), tool, input: line['parameters'], change }, emit);
        return true;
      }
      case 'tool_result': {
        const output = textOrNullAt(objectAt(line, 'error'), 'message') ?? textAt(line, 'output');
        notes.toolResult({ id: textAt(line, 'tool_id'), ok: line['status'] === 'success', output }, emit);
        return true;
      }
      case 'error':
        flush(emit);
        trouble = textAt(line, 'message');
        notes.error(line['severity'] === 'error' ? 'gemini_error' : 'gemini_warning', trouble, emit);
        return true;
      case 'result':
        flush(emit);
        settle(notes, line, trouble, emit);
        return true;
      default:
        return false;
    }
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        complain(line.text, emit);
        emit(outputEvent(step, line));
        return undefined;
      }
      const fields = jsonOfLine(line);
      if (!fields || !structured(fields, emit)) emit(outputEvent(step, line));
      return undefined;
    },
    ending: (exit) => {
      if (saying !== '') flush(ignore);
      return notes.ending(exit, (complaints, { code }) => {
        const message = complaints || saying;
        if (code === TURN_LIMIT_CODE) return { class: 'turn_limit', message };
        if (code === INPUT_CODE && message.includes('resuming session'))
          return { class: 'session_unknown', message };
        const told = classOfStatus((code === null ? null : REQUEST_REFUSED_CODES[code]) ?? null);
        return told ? { class: told, message } : undefined;
      });
    },
  };
}

function settle(notes: TurnAccount, line: JsonObject, trouble: string, emit: Emit): void {
  const stats = objectAt(line, 'stats');
  const prompt = countAt(stats, 'input_tokens');
  const cached = Math.min(prompt, countAt(stats, 'cached'));
  const answer = countAt(stats, 'output_tokens');
  // The total counts thinking too, which is paid as output.
  const reasoning = Math.max(0, countAt(stats, 'total_tokens') - prompt - answer);
  notes.used(
    {
      tokensIn: prompt - cached,
      tokensOut: answer + reasoning,
      tokensCached: cached,
      tokensReasoning: reasoning,
    },
    emit,
  );
  if (line['status'] === 'success' && STOPPED.test(trouble)) {
    notes.settle({ class: trouble.startsWith('Maximum') ? 'turn_limit' : 'no_result', message: trouble });
    return;
  }
  if (line['status'] === 'success') {
    notes.settle('ok');
    return;
  }
  const error = objectAt(line, 'error');
  const message =
    textOrNullAt(error, 'message') ?? (trouble || 'Gemini CLI ended with an error and did not say which.');
  notes.settle(failureOf(textAt(error, 'type'), message, Date.parse(textAt(line, 'timestamp'))));
}

function failureOf(type: string, message: string, at: number): Failed {
  if (type === 'FatalTurnLimitedError') return { class: 'turn_limit', message };
  if (type === 'FatalAuthenticationError') return { class: 'auth', message };
  const told = classOfWords(message) ?? 'crashed';
  if (told !== 'rate_limited') return { class: told, message };
  const wait = SUGGESTED.exec(message);
  return { class: told, message, resetsAt: wait && Number.isFinite(at) ? at + spanMs(wait[1] ?? '') : null };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Such as `1s`, `2h 3m` or `350ms`, in milliseconds. */
function spanMs(text: string): number {
  let sum = 0;
  for (const [, figure, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|h|m|s)/giu))
    sum += Number(figure) * (UNITS[(unit ?? '').toLowerCase()] ?? 0);
  return Math.round(sum);
}

function changeOf(tool: string, input: JsonObject | undefined): CalledChange | undefined {
  const path = textAt(input, 'file_path');
  if (path === '') return undefined;
  if (tool === 'write_file')
    return { path, change: 'modified', additions: lineCount(textAt(input, 'content')), deletions: 0 };
  if (tool !== 'replace') return undefined;
  const [before, after] = [textAt(input, 'old_string'), textAt(input, 'new_string')];
  return {
    path,
    change: before === '' ? 'added' : 'modified',
    additions: lineCount(after),
    deletions: lineCount(before),
  };
}

const ignore = (): void => undefined;
