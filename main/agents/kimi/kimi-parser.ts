import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import { outputEvent, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfWords } from '../failure-class.ts';
import { isObject, jsonOfLine, numberAt, objectAt, objectsAt, textAt, textOrNullAt } from '../json-event.ts';
import { createTurnAccount, lineCount, type CalledChange, type Failed } from '../turn-account.ts';
import { usedSince, type KimiUsage } from './kimi-usage.ts';

type Emit = (event: NewRunEvent) => void;

/** Its last word on standard error. What tools print comes there too, so it counts only when no result was told. */
const FAILED = /^error: failed to run prompt: (?:([a-z_]+\.[a-z_]+): )?(.*)$/;
const CODES: Readonly<Record<string, Failed['class']>> = {
  'provider.rate_limit': 'rate_limited',
  'provider.overloaded': 'rate_limited',
  'provider.auth_error': 'auth',
  'provider.connection_error': 'network',
  'provider.filtered': 'refused',
  'context.overflow': 'context_overflow',
  'loop.max_steps_exceeded': 'turn_limit',
};
const SESSION_UNKNOWN = /^Session ".*" not found/;

/**
 * Reads `--output-format stream-json` of Kimi Code. Its errors are on standard error alone, and what it used is in a file of its session:
 * `usage` reads that for the session it names last, or for the newest of the worktree when it was ended before it named one.
 */
export function createKimiParser(
  turn: Pick<TurnContext, 'step' | 'worktree' | 'sessionId' | 'reported'>,
  usage: (session: { id: string | null; worktree: string }) => KimiUsage | null,
): TurnParser {
  const { step, worktree } = turn;
  const notes = createTurnAccount({ ...turn, label: 'Kimi Code' });
  let answered = false;
  let failed: Failed | undefined;
  let counted: SessionFigures | null = turn.reported;

  const count = (emit: Emit): void => {
    const found = usage({ id: notes.sessionId ?? turn.sessionId, worktree });
    if (!found) return;
    notes.session(found.sessionId);
    notes.model(found.model);
    const from = counted ?? (turn.sessionId === null ? null : found.before);
    notes.used(usedSince(found.total, from), emit);
    counted = found.total;
    const { tokensIn, tokensOut, tokensCached, costMicroUsd } = found.total;
    notes.report({ tokensIn, tokensOut, tokensCached, costMicroUsd });
  };
  const structured = (line: JsonObject, emit: Emit): boolean => {
    switch (line['role']) {
      case 'assistant': {
        const text = textAt(line, 'content');
        const calls = objectsAt(line, 'tool_calls');
        notes.message(text, emit);
        answered = calls.length === 0 && text.trim() !== '';
        for (const call of calls) {
          const { tool, input, change } = readCall(call);
          notes.toolCall({ id: textAt(call, 'id'), tool, input, change }, emit);
        }
        return true;
      }
      case 'tool': {
        const output = textAt(line, 'content');
        // It does not tell whether a tool succeeded; its own tools begin a failure so.
        notes.toolResult(
          { id: textAt(line, 'tool_call_id'), ok: !/^(<system>)?error\b/iu.test(output), output },
          emit,
        );
        return true;
      }
      case 'meta':
        return noted(line, emit);
      default:
        return false;
    }
  };
  const noted = (line: JsonObject, emit: Emit): boolean => {
    switch (line['type']) {
      case 'system.version':
        return true;
      case 'turn.step.retrying': {
        const delay = numberAt(line, 'delay_ms') ?? 0;
        const reason = textOrNullAt(line, 'error_message') ?? textAt(line, 'error_name');
        notes.retry(reason, Math.min(delay, 86_400_000), emit);
        return true;
      }
      case 'session.resume_hint':
        notes.session(textOrNullAt(line, 'session_id'));
        notes.settle(
          answered
            ? 'ok'
            : { class: 'no_result', message: `Kimi Code ended without an answer.\n${notes.said}`.trim() },
        );
        count(emit);
        return true;
      default:
        return false;
    }
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        notes.complain(line.text);
        const match = FAILED.exec(line.text);
        if (match) failed = failureOf(match[1], match[2] ?? '');
        emit(outputEvent(step, line));
        return undefined;
      }
      const fields = jsonOfLine(line);
      if (!fields || !structured(fields, emit)) emit(outputEvent(step, line));
      return undefined;
    },
    ending(exit) {
      count(() => undefined);
      return notes.ending(exit, (_, { code }) => (code === 0 ? undefined : failed));
    },
  };
}

function failureOf(code: string | undefined, message: string): Failed {
  if (SESSION_UNKNOWN.test(message)) return { class: 'session_unknown', message };
  const told = code === undefined ? undefined : CODES[code];
  return { class: told ?? classOfWords(message) ?? 'crashed', message };
}

function readCall(call: JsonObject): {
  tool: string;
  input: JsonObject[string];
  change: CalledChange | undefined;
} {
  const called = objectAt(call, 'function');
  const tool = textAt(called, 'name');
  const input = readArguments(textAt(called, 'arguments'));
  return { tool, input, change: isObject(input) ? changeOf(tool, input) : undefined };
}

/** What the text of the arguments says; the text itself when a model made something else of it. */
function readArguments(text: string): JsonObject[string] {
  try {
    return text === '' ? null : (JSON.parse(text) as JsonObject[string]);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return text;
    throw error;
  }
}

function changeOf(tool: string, input: JsonObject): CalledChange | undefined {
  const path = textAt(input, 'path');
  if (path === '') return undefined;
  if (tool === 'Write')
    return { path, change: 'modified', additions: lineCount(textAt(input, 'content')), deletions: 0 };
  if (tool !== 'Edit') return undefined;
  const [before, after] = [textAt(input, 'old_string'), textAt(input, 'new_string')];
  return { path, change: 'modified', additions: lineCount(after), deletions: lineCount(before) };
}
