import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { outputEvent, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import { countAt, jsonOfLine, numberAt, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import { createTurnAccount, lineCount, type CalledChange, type Failed } from '../turn-account.ts';

type Emit = (event: NewRunEvent) => void;

/** US dollars of one model call; more is not a price. */
const MOST_COST = 1e6;
const TURN_OVER = new Set(['stop', 'length', 'content-filter']);
/** A stream that breaks is tried again for ever; so many beginnings of one message without an end are enough. */
const MOST_RESTARTS = 3;
const SESSION_UNKNOWN = /^(?:Error: )?Session not found/m;

/**
 * Reads `run --format json` of opencode. It tells each part of an answer once it is whole, a tool call together with its result, and nothing
 * while it tries a request again. It has no limit on model calls of its own, so the turn is over here when `turnLimit` of them are done.
 */
export function createOpencodeParser(turn: Pick<TurnContext, 'step' | 'worktree' | 'turnLimit'>): TurnParser {
  const { step, turnLimit } = turn;
  const notes = createTurnAccount({ ...turn, label: 'opencode' });
  let calls = 0;
  let restarts = 0;
  let begun = '';
  let refused = '';

  const stepEnded = (part: JsonObject | undefined, emit: Emit): 'over' | undefined => {
    const tokens = objectAt(part, 'tokens');
    const cache = objectAt(tokens, 'cache');
    const write = countAt(cache, 'write');
    const reasoning = countAt(tokens, 'reasoning');
    const cost = numberAt(part, 'cost') ?? 0;
    notes.used(
      {
        tokensIn: countAt(tokens, 'input') + write,
        tokensOut: countAt(tokens, 'output') + reasoning,
        tokensCached: countAt(cache, 'read'),
        tokensCacheWrite: write,
        tokensReasoning: reasoning,
        calls: 1,
        // What is free is told to cost 0 as well as what it has no price for.
        costMicroUsd: cost > 0 ? Math.round(Math.min(cost, MOST_COST) * 1e6) : null,
      },
      emit,
    );
    calls += 1;
    restarts = 0;
    begun = '';
    const reason = textAt(part, 'reason');
    if (TURN_OVER.has(reason)) {
      notes.settle(endOf(reason, notes.said));
      return undefined;
    }
    if (turnLimit === null || calls < turnLimit) return undefined;
    notes.settle({
      class: 'turn_limit',
      message: `opencode reached its limit of ${String(turnLimit)} model calls in this turn.`,
    });
    return 'over';
  };
  const structured = (line: JsonObject, emit: Emit): 'over' | 'read' | 'unknown' => {
    notes.session(textOrNullAt(line, 'sessionID'));
    const part = objectAt(line, 'part');
    switch (line['type']) {
      case 'step_start': {
        const message = textAt(part, 'messageID');
        restarts = message !== '' && message === begun ? restarts + 1 : 0;
        begun = message;
        if (restarts === 0) return 'read';
        notes.retry('The answer broke off.', 0, emit);
        if (restarts < MOST_RESTARTS) return 'read';
        notes.settle({ class: 'network', message: 'The answers of the model broke off again and again.' });
        return 'over';
      }
      case 'text': {
        const text = textOrNullAt(part, 'text');
        if (text === null) return 'unknown';
        notes.message(text, emit);
        return 'read';
      }
      case 'reasoning': {
        const text = textOrNullAt(part, 'text');
        if (text === null) return 'unknown';
        notes.reasoning(text, emit);
        return 'read';
      }
      case 'tool_use': {
        const state = objectAt(part, 'state');
        const input = state?.['input'];
        const id = textAt(part, 'callID');
        const tool = textAt(part, 'tool');
        const change = changeOf(tool, objectAt(state, 'input'), objectAt(state, 'metadata'));
        notes.toolCall({ id, tool, input, change }, emit);
        const ok = state?.['status'] === 'completed';
        const output = textAt(state, ok ? 'output' : 'error');
        if (!ok && output.includes('rejected permission')) refused = `${tool}: ${output}`;
        notes.toolResult({ id, ok, output }, emit);
        return 'read';
      }
      case 'step_finish':
        return stepEnded(part, emit) ?? 'read';
      case 'error': {
        const failed = failureOf(objectAt(line, 'error'), line['timestamp']);
        notes.error(`opencode_${failed.class}`, failed.message, emit);
        notes.settle(failed);
        return 'read';
      }
      default:
        return 'unknown';
    }
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        notes.complain(line.text);
        emit(outputEvent(step, line));
        return undefined;
      }
      const fields = jsonOfLine(line);
      const read = fields ? structured(fields, emit) : 'unknown';
      if (read === 'unknown') emit(outputEvent(step, line));
      return read === 'over' ? 'over' : undefined;
    },
    ending: (exit) =>
      notes.ending(exit, (complaints, { code }) => {
        if (code === 0 && refused !== '')
          return { class: 'no_result', message: `opencode stopped at a tool it may not use. ${refused}` };
        if (code === 0 || complaints === '') return undefined;
        if (SESSION_UNKNOWN.test(complaints)) return { class: 'session_unknown', message: complaints };
        const told = classOfWords(complaints);
        return told ? { class: told, message: complaints } : undefined;
      }),
  };
}

function endOf(reason: string, said: string): 'ok' | Failed {
  if (reason === 'stop') return 'ok';
  if (reason === 'length')
    return { class: 'no_result', message: `The answer was cut at its longest.\n${said}` };
  return { class: 'refused', message: `The provider's content filter ended the answer.\n${said}` };
}

/** Such as `{"name":"APIError","data":{"message":…,"statusCode":429,"responseHeaders":{"retry-after":"1"}}}`. */
function failureOf(error: JsonObject | undefined, timestamp: unknown): Failed {
  const data = objectAt(error, 'data');
  const name = textAt(error, 'name');
  const message = textOrNullAt(data, 'message') ?? (name || 'opencode told an error without a word.');
  const body = textAt(data, 'responseBody');
  const kind =
    KINDS[name] ?? classOfStatus(numberAt(data, 'statusCode')) ?? classOfWords(`${message}\n${body}`);
  if (kind !== 'rate_limited') return { class: kind ?? 'crashed', message };
  return { class: kind, message, resetsAt: resetOf(objectAt(data, 'responseHeaders'), timestamp) };
}

const KINDS: Readonly<Record<string, Failed['class']>> = {
  ProviderAuthError: 'auth',
  ContextOverflowError: 'context_overflow',
};

/** From `retry-after-ms`, or `retry-after` in seconds or as a date, counted from when the error was told. */
function resetOf(headers: JsonObject | undefined, timestamp: unknown): number | null {
  const told = (name: string): string => textAt(headers, name);
  const at = typeof timestamp === 'number' ? timestamp : Number.NaN;
  const wait =
    told('retry-after-ms') === '' ? Number(told('retry-after')) * 1_000 : Number(told('retry-after-ms'));
  const asDate = Date.parse(told('retry-after'));
  const resets = Number.isFinite(wait) && wait > 0 ? at + wait : asDate;
  return Number.isFinite(resets) ? resets : null;
}

function changeOf(
  tool: string,
  input: JsonObject | undefined,
  metadata: JsonObject | undefined,
): CalledChange | undefined {
  const path = textAt(input, 'filePath');
  if (path === '') return undefined;
  if (tool === 'write') {
    const additions = lineCount(textAt(input, 'content'));
    return { path, change: metadata?.['exists'] === false ? 'added' : 'modified', additions, deletions: 0 };
  }
  if (tool !== 'edit') return undefined;
  const diff = objectAt(metadata, 'filediff');
  return {
    path,
    change: 'modified',
    additions: diff ? countAt(diff, 'additions') : lineCount(textAt(input, 'newString')),
    deletions: diff ? countAt(diff, 'deletions') : lineCount(textAt(input, 'oldString')),
  };
}
