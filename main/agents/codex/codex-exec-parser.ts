import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import type { Clock } from '../../shared/clock.ts';
import { outputEvent, type ParsedEnding, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfWords } from '../failure-class.ts';
import { countAt, jsonOfLine, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import type { TurnUsage } from '../runner.ts';
import { createTurnNotes, NO_USAGE } from '../turn-notes.ts';
import { usageEvent } from '../usage-sum.ts';
import { callOf, resultOf } from './codex-items.ts';
import { resetIn } from './codex-reset.ts';

const RETRY = /^Reconnecting\.\.\.\s*(\d+)\/(\d+)\s*\((.*)\)\s*$/su;
/** Said on every start; the prompt is the additional input. */
const NOISE = 'Reading additional input from stdin...';

/**
 * Reads what `codex exec --json` prints. Success needs `turn.completed`. Its figures count from the beginning of the thread, so what the thread
 * had used before comes off.
 */
export function createCodexExecParser(turn: TurnContext, clock: Clock): TurnParser {
  const { step } = turn;
  const notes = createTurnNotes(step);
  notes.model = turn.model;
  const started = new Set<string>();
  let completed = false;
  let figures: SessionFigures | null = null;
  let whole = { cacheWrite: 0, reasoning: 0 };
  let failure = '';
  let retried: { class: ParsedEnding['class'] | undefined; why: string } | null = null;

  const usage = (): TurnUsage => {
    if (figures === null) return NO_USAGE;
    const before = turn.reported;
    // A thread that counts less than was told before has begun anew.
    const from =
      before !== null && before.tokensIn <= figures.tokensIn && before.tokensOut <= figures.tokensOut
        ? before
        : null;
    const tokensIn = figures.tokensIn - (from?.tokensIn ?? 0);
    const tokensOut = figures.tokensOut - (from?.tokensOut ?? 0);
    return {
      tokensIn,
      tokensOut,
      tokensCached: Math.max(0, figures.tokensCached - (from?.tokensCached ?? 0)),
      tokensCacheWrite: Math.min(tokensIn, whole.cacheWrite),
      tokensReasoning: Math.min(tokensOut, whole.reasoning),
      costMicroUsd: null,
    };
  };
  const onCompleted = (event: JsonObject): NewRunEvent | undefined => {
    completed = true;
    const told = objectAt(event, 'usage');
    const cached = countAt(told, 'cached_input_tokens');
    figures = {
      tokensIn: Math.max(0, countAt(told, 'input_tokens') - cached),
      tokensOut: countAt(told, 'output_tokens'),
      tokensCached: cached,
      costMicroUsd: null,
    };
    whole = {
      cacheWrite: countAt(told, 'cache_write_input_tokens'),
      reasoning: countAt(told, 'reasoning_output_tokens'),
    };
    return usageEvent(step, usage(), notes.model);
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        if (line.text.trim() !== NOISE) notes.complain(line, emit);
        return undefined;
      }
      const event = jsonOfLine(line);
      const item = objectAt(event, 'item');
      switch (event?.['type']) {
        case 'thread.started':
          notes.sessionId = textOrNullAt(event, 'thread_id');
          return undefined;
        case 'turn.started':
        case 'item.updated':
          return undefined;
        case 'item.started': {
          const call = item && callOf(step, item);
          if (call === undefined) break;
          started.add(textAt(item, 'id'));
          emit(call);
          return undefined;
        }
        case 'item.completed': {
          const results = item && resultOf(step, turn.worktree, item);
          if (results === undefined || item === undefined) break;
          const call = started.delete(textAt(item, 'id')) ? undefined : callOf(step, item);
          for (const it of [...(call ? [call] : []), ...results]) {
            if (it.type === 'message') notes.said = it.payload.text;
            emit(it);
          }
          return undefined;
        }
        case 'turn.completed': {
          const used = onCompleted(event);
          if (used) emit(used);
          return undefined;
        }
        case 'error': {
          const message = textAt(event, 'message');
          const again = RETRY.exec(message);
          if (again === null) {
            failure = message;
            return undefined;
          }
          const why = again[3] ?? '';
          retried = { class: classOfWords(why), why };
          const reason = `${why} Attempt ${again[1] ?? ''} of ${again[2] ?? ''}.`;
          emit({ type: 'retry', payload: { step, reason, afterMs: 0 } });
          // It tries a refused key again like any failure; it stays refused.
          return retried.class === 'auth' ? 'over' : undefined;
        }
        case 'turn.failed': {
          completed = false;
          failure = textAt(objectAt(event, 'error'), 'message') || failure || 'The turn failed.';
          const tag = classOfWords(failure) ?? 'crashed';
          emit({ type: 'error', payload: { step, tag, message: failure } });
          return undefined;
        }
        default:
      }
      if (line.text !== '') emit(outputEvent(step, line));
      return undefined;
    },
    ending(exit) {
      const why = failure || notes.complaints() || (retried?.why ?? '');
      const known = (): ParsedEnding['class'] => {
        if (completed && exit.code === 0) return 'ok';
        if (failure === '' && retried?.class === 'auth') return 'auth';
        if (failure === '' && exit.code === 0) return 'no_result';
        return (exit.code === null && failure === '' ? undefined : classOfWords(why)) ?? 'crashed';
      };
      const found = known();
      return notes.ending(
        {
          ...usage(),
          class: found,
          why,
          resetsAt: found === 'rate_limited' ? resetIn(why, clock.now()) : null,
          // A turn that failed tells nothing; what it used is in the figures of the next one.
          reported: figures,
        },
        exit,
      );
    },
  };
}
