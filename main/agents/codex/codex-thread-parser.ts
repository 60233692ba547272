import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { RateWindow } from '../../domain/account/rate-window.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import type { Clock } from '../../shared/clock.ts';
import { outputEvent, type ParsedEnding, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfWords } from '../failure-class.ts';
import { countAt, jsonOfLine, objectAt, objectsAt, textAt, textOrNullAt } from '../json-event.ts';
import type { TurnUsage } from '../runner.ts';
import { createTurnNotes } from '../turn-notes.ts';
import { createUsageTold } from '../usage-sum.ts';
import { failureOf, type CodexFailure } from './codex-failure.ts';
import { callOf, resultOf } from './codex-items.ts';
import { resetIn } from './codex-reset.ts';
import { execItemOf } from './codex-thread-items.ts';
import { windowsOf } from './codex-windows.ts';

const RETRY = /^Reconnecting\.\.\.\s*(\d+)\/(\d+)/u;

/**
 * Reads what Codex's app server says in a turn, as its driver prints it. Success needs `turn/completed` with the status `completed`. What was
 * used is told after each request of the model. What is asked and answered besides is told by the host; notifications that are not known
 * say nothing.
 */
export function createCodexThreadParser(turn: TurnContext, clock: Clock): TurnParser {
  const { step } = turn;
  const notes = createTurnNotes(step);
  notes.model = turn.model;
  const told = createUsageTold(step);
  const started = new Set<string>();
  /** Turns that began while this was read: what a thread had used before is told, too, when it is gone on with. */
  const turns = new Set<string>();
  const windows = new Map<string, RateWindow>();
  let thread = '';
  let plans = 0;
  let completed = false;
  let failure: CodexFailure | null = null;
  let retried: CodexFailure | null = null;
  let figures: SessionFigures | null = null;

  const onAnswer = (message: JsonObject, emit: (event: NewRunEvent) => void): void => {
    const result = objectAt(message, 'result');
    const opened = textOrNullAt(objectAt(result, 'thread'), 'id');
    if (opened !== null) {
      thread = opened;
      notes.sessionId = opened;
      notes.model = textOrNullAt(result, 'model') ?? notes.model;
    }
    const begun = textOrNullAt(objectAt(result, 'turn'), 'id');
    if (begun !== null) turns.add(begun);
    const error = objectAt(message, 'error');
    // Once a turn is there, its own end says what became of it.
    if (error === undefined || turns.size > 0) return;
    const why = textAt(error, 'message');
    failure = { class: classOfWords(why), why };
    emit({ type: 'error', payload: { step, tag: failure.class ?? 'crashed', message: why } });
  };
  const onItem = (params: JsonObject, ended: boolean, emit: (event: NewRunEvent) => void): void => {
    const item = execItemOf(objectAt(params, 'item') ?? {});
    if (item === undefined) return;
    const id = textAt(item, 'id');
    if (!ended) {
      const call = callOf(step, item);
      if (call === undefined) return;
      started.add(id);
      emit(call);
      return;
    }
    const call = started.delete(id) ? undefined : callOf(step, item);
    for (const it of [...(call ? [call] : []), ...(resultOf(step, turn.worktree, item) ?? [])]) {
      const words = it.type === 'message' || it.type === 'reasoning';
      if (words && it.payload.text === '') continue;
      // An agent of its own has a thread of its own; its words are not the last ones.
      if (it.type === 'message' && textAt(params, 'threadId') === thread) notes.said = it.payload.text;
      emit(it);
    }
  };
  const onUsage = (params: JsonObject): NewRunEvent | undefined => {
    if (!turns.has(textAt(params, 'turnId'))) return undefined;
    const usage = objectAt(params, 'tokenUsage');
    if (textAt(params, 'threadId') === thread) figures = figuresOf(objectAt(usage, 'total'));
    return told.more(usageOf(objectAt(usage, 'last')), notes.model, 1);
  };
  const onError = (params: JsonObject): NewRunEvent | undefined => {
    const error = objectAt(params, 'error');
    const found = failureOf(error);
    if (params['willRetry'] !== true) {
      failure = found;
      return undefined;
    }
    retried = found;
    const [, attempt, of] = RETRY.exec(textAt(error, 'message')) ?? [];
    const why = textAt(error, 'additionalDetails') || textAt(error, 'message');
    const reason = attempt === undefined ? why : `${why} Attempt ${attempt} of ${of ?? ''}.`;
    return { type: 'retry', payload: { step, reason, afterMs: 0 } };
  };
  const onTurnOver = (params: JsonObject): NewRunEvent | undefined => {
    if (textAt(params, 'threadId') !== thread) return undefined;
    const over = objectAt(params, 'turn');
    const status = textAt(over, 'status');
    completed = status === 'completed';
    if (completed) return undefined;
    const error = objectAt(over, 'error');
    failure = error ? failureOf(error) : (failure ?? { class: undefined, why: `The turn is ${status}.` });
    if (status === 'interrupted') return undefined;
    return { type: 'error', payload: { step, tag: failure.class ?? 'crashed', message: failure.why } };
  };
  const onPlan = (params: JsonObject, emit: (event: NewRunEvent) => void): void => {
    plans += 1;
    const id = `plan-${String(plans)}`;
    emit({
      type: 'tool_call',
      payload: { step, id, tool: 'plan', input: { items: objectsAt(params, 'plan') } },
    });
    emit({ type: 'tool_result', payload: { step, id, ok: true, output: '' } });
  };

  return {
    line(line, emit) {
      const message = line.stream === 'stdout' ? jsonOfLine(line) : undefined;
      if (message === undefined) {
        if (line.stream === 'stderr') notes.complain(line, emit);
        else if (line.text !== '') emit(outputEvent(step, line));
        return undefined;
      }
      const params = objectAt(message, 'params') ?? {};
      const tell = (event: NewRunEvent | undefined): void => {
        if (event) emit(event);
      };
      switch (message['method']) {
        case undefined:
          onAnswer(message, emit);
          return undefined;
        case 'turn/started':
          turns.add(textAt(objectAt(params, 'turn'), 'id'));
          return undefined;
        case 'item/started':
        case 'item/completed':
          onItem(params, message['method'] === 'item/completed', emit);
          return undefined;
        case 'thread/tokenUsage/updated':
          tell(onUsage(params));
          return undefined;
        case 'account/rateLimits/updated':
          for (const window of windowsOf(objectAt(params, 'rateLimits'))) windows.set(window.name, window);
          return undefined;
        case 'turn/plan/updated':
          onPlan(params, emit);
          return undefined;
        case 'model/rerouted':
          notes.model = textOrNullAt(params, 'toModel') ?? notes.model;
          return undefined;
        case 'thread/compacted':
          emit({
            type: 'message',
            payload: { step, text: 'The agent made its conversation shorter to go on.' },
          });
          return undefined;
        case 'warning':
        case 'guardianWarning':
          emit({
            type: 'error',
            payload: { step, tag: 'agent_notice', message: textAt(params, 'message') },
          });
          return undefined;
        case 'error':
          tell(onError(params));
          // It tries a refused key again like any failure; it stays refused.
          return retried?.class === 'auth' ? 'over' : undefined;
        case 'turn/completed':
          tell(onTurnOver(params));
          return undefined;
        default:
          return undefined;
      }
    },
    ending(exit) {
      const why = failure?.why || notes.complaints() || (retried?.why ?? '');
      const known = (): ParsedEnding['class'] => {
        if (completed && exit.code === 0) return 'ok';
        if (failure === null && retried?.class === 'auth') return 'auth';
        if (failure !== null) return failure.class ?? 'crashed';
        if (exit.code === 0) return 'no_result';
        return (exit.code === null ? undefined : classOfWords(why)) ?? 'crashed';
      };
      const found = known();
      const list = [...windows.values()];
      const rejected = list.flatMap((it) => (it.status === 'rejected' && it.resetsAt ? [it.resetsAt] : []));
      return notes.ending(
        {
          ...told.sum(),
          class: found,
          why,
          ...(found === 'session_unknown' ? { sessionId: null } : {}),
          windows: list,
          resetsAt:
            found === 'rate_limited' ? (resetIn(why, clock.now()) ?? rejected.sort().at(-1) ?? null) : null,
          reported: figures,
        },
        exit,
      );
    },
  };
}

function usageOf(told: JsonObject | undefined): TurnUsage {
  const cached = countAt(told, 'cachedInputTokens');
  return {
    tokensIn: Math.max(0, countAt(told, 'inputTokens') - cached),
    tokensOut: countAt(told, 'outputTokens'),
    tokensCached: cached,
    tokensCacheWrite: countAt(told, 'cacheWriteInputTokens'),
    tokensReasoning: countAt(told, 'reasoningOutputTokens'),
    costMicroUsd: null,
  };
}

/** As `exec` would tell them at the end, so that either can go on with the thread. */
function figuresOf(total: JsonObject | undefined): SessionFigures {
  const { tokensIn, tokensOut, tokensCached } = usageOf(total);
  return { tokensIn, tokensOut, tokensCached, costMicroUsd: null };
}
