import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import { cleanText } from '../clean-text.ts';
import { outputEvent, type ChildExit, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfWords } from '../failure-class.ts';
import { jsonOfLine } from '../json-event.ts';
import { createTurnAccount, type Failed } from '../turn-account.ts';
import type { CompiledRule, DeclaredReading, Figures } from './declared-reading.ts';
import type { Lookup } from './line-path.ts';

type Json = JsonObject[string];
type Emit = (event: NewRunEvent) => void;

const NOTHING: Figures = {
  tokensIn: 0,
  tokensOut: 0,
  tokensCached: 0,
  tokensReasoning: 0,
  costMicroUsd: null,
};
const LOOKED_AT = 4_000;
const DAY_MS = 86_400_000;

/** Reads the output of a program by its form. A line that no rule knows is plain output. */
export function createDeclaredParser(
  reading: DeclaredReading,
  label: string,
  turn: Pick<TurnContext, 'step' | 'worktree' | 'sessionId' | 'reported' | 'turnLimit'>,
): TurnParser {
  const { step } = turn;
  const notes = createTurnAccount({ ...turn, label });
  let pieces = '';
  let counted = NOTHING;
  let calls = 0;
  let retries = 0;
  let over = false;

  const flush = (emit: Emit): void => {
    if (pieces === '') return;
    notes.message(pieces, emit);
    pieces = '';
  };
  const use = (more: Figures, emit: Emit, of?: number): void => {
    notes.used(of === undefined ? more : { ...more, calls: of }, emit);
    counted = plus(counted, more);
  };
  const failureOf = (text: string): Failed => {
    const head = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
    const told = reading.errors.find(({ match }) => match.test(head))?.class;
    return { class: told ?? classOfWords(text) ?? 'crashed', message: text };
  };
  const retry = (text: string, waitMs: number, emit: Emit): void => {
    const wait = Number.isFinite(waitMs) ? Math.min(Math.max(0, waitMs), DAY_MS) : 0;
    notes.retry(text, wait, emit);
    retries += 1;
    const { giveUp } = reading;
    if (wait <= giveUp.waitMs && retries < giveUp.afterRetries) return;
    const failed = failureOf(text);
    // What is tried again is not broken for good.
    notes.settle({ class: failed.class === 'crashed' ? 'network' : failed.class, message: text });
    over = true;
  };
  const apply = (rule: CompiledRule, item: Json, emit: Emit): void => {
    if (rule.emit !== 'message' || !rule.pieces) flush(emit);
    const text = textOf(rule.text(item));
    switch (rule.emit) {
      case 'message':
        if (rule.pieces) pieces += text;
        else notes.message(text, emit);
        return;
      case 'reasoning':
        notes.reasoning(text, emit);
        return;
      case 'tool_call':
        notes.toolCall(
          { id: textOf(rule.id(item)), tool: textOf(rule.tool(item)), input: rule.input(item) },
          emit,
        );
        return;
      case 'tool_result':
        notes.toolResult({ id: textOf(rule.id(item)), ok: rule.ok?.(item) ?? true, output: text }, emit);
        return;
      case 'retry': {
        const wait = rule.afterMs(item);
        retry(text, typeof wait === 'number' ? wait : 0, emit);
        return;
      }
      case 'error':
        notes.error(failureOf(text).class, text, emit);
        return;
      case 'nothing':
    }
  };
  const settle = (line: JsonObject, emit: Emit): void => {
    flush(emit);
    const text = textOf(reading.result.text(line));
    const error = textOf(reading.result.error(line));
    const failed = !reading.result.success(line) || (reading.result.failedText?.test(text) ?? false);
    if (!failed && notes.said === '') notes.message(text, emit);
    notes.settle(
      failed ? failureOf(error || text || `${label} ended with an error and did not say which.`) : 'ok',
    );
  };
  const count = (line: JsonObject, emit: Emit): void => {
    const { call, total } = reading;
    if (total?.when(line)) {
      const told = total.read(line);
      const before = total.of === 'session' ? baseOf(turn) : NOTHING;
      // Without knowing what a session had used before, what its calls told is all that is sure.
      if (before !== null) use(minus(minus(told, before), counted), emit);
      const { tokensIn, tokensOut, tokensCached, costMicroUsd } = told;
      if (total.of === 'session') notes.report({ tokensIn, tokensOut, tokensCached, costMicroUsd });
    } else if (call?.when(line)) {
      const told = call.read(line);
      use(told, emit, 1);
      if (told.tokensIn + told.tokensOut > 0) calls += 1;
      retries = 0;
      if (turn.turnLimit === null || calls < turn.turnLimit || notes.settled !== undefined) return;
      notes.settle({
        class: 'turn_limit',
        message: `${label} reached its limit of ${String(turn.turnLimit)} model calls in this turn.`,
      });
      over = true;
    }
  };
  const structured = (line: JsonObject, emit: Emit): boolean => {
    notes.session(firstText(reading.session, line));
    notes.model(firstText(reading.model, line));
    let known = false;
    for (const rule of reading.rules) {
      if (!rule.when(line)) continue;
      const items = rule.each ? rule.each(line) : [line];
      for (const item of Array.isArray(items) ? items : []) {
        if (rule.is && !rule.is(item)) continue;
        known = true;
        apply(rule, item, emit);
      }
    }
    count(line, emit);
    if (reading.result.when(line)) {
      settle(line, emit);
      known = true;
    }
    return known;
  };
  const complain = (text: string, emit: Emit): void => {
    notes.complain(text);
    const head = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text;
    const groups = reading.stderrRetry?.exec(head)?.groups;
    if (!groups && reading.stderrRetry?.test(head) !== true) return;
    retry(cleanText(head), Number(groups?.['ms'] ?? Number(groups?.['s'] ?? 0) * 1_000), emit);
  };
  const guess = (complaints: string, { code }: ChildExit): Failed | undefined => {
    const told = code === null ? undefined : reading.exitCodes[String(code)];
    if (told) return { class: told, message: complaints || `${label} ended with exit code ${String(code)}.` };
    if (code === 0 || complaints === '') return undefined;
    const failed = failureOf(complaints);
    return failed.class === 'crashed' ? undefined : failed;
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        complain(line.text, emit);
        emit(outputEvent(step, line));
      } else {
        const object = jsonOfLine(line);
        if (!object || !structured(object, emit)) emit(outputEvent(step, line));
      }
      return over ? 'over' : undefined;
    },
    ending(exit) {
      flush(() => undefined);
      return notes.ending(exit, guess);
    },
  };
}

/** What the session had used before this turn; null when it is one to go on with of which that is not known. */
function baseOf(turn: { sessionId: string | null; reported: SessionFigures | null }): Figures | null {
  if (turn.reported !== null) return { ...turn.reported, tokensReasoning: 0 };
  return turn.sessionId === null ? NOTHING : null;
}

function plus(a: Figures, b: Figures): Figures {
  const cost =
    a.costMicroUsd === null && b.costMicroUsd === null ? null : (a.costMicroUsd ?? 0) + (b.costMicroUsd ?? 0);
  return {
    tokensIn: a.tokensIn + b.tokensIn,
    tokensOut: a.tokensOut + b.tokensOut,
    tokensCached: a.tokensCached + b.tokensCached,
    tokensReasoning: a.tokensReasoning + b.tokensReasoning,
    costMicroUsd: cost,
  };
}

function minus(a: Figures, b: Figures): Figures {
  const less = (figure: number, by: number): number => Math.max(0, figure - by);
  return {
    tokensIn: less(a.tokensIn, b.tokensIn),
    tokensOut: less(a.tokensOut, b.tokensOut),
    tokensCached: less(a.tokensCached, b.tokensCached),
    tokensReasoning: less(a.tokensReasoning, b.tokensReasoning),
    costMicroUsd: a.costMicroUsd === null ? null : less(a.costMicroUsd, b.costMicroUsd ?? 0),
  };
}

function firstText(paths: readonly Lookup[], line: Json): string | null {
  for (const lookup of paths) {
    const value = lookup(line);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** A text as it stands; pieces such as `[{"type":"text","text":…}]` put together; anything else as JSON. */
function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (typeof value === 'object' && typeof value['text'] === 'string') return value['text'];
  return shownJson(value);
}

function shownJson(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Nested deeper than can be written out.
    if (error instanceof RangeError) return '…';
    throw error;
  }
}
