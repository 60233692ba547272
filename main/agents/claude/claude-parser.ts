import type { RateWindow } from '../../domain/account/rate-window.ts';
import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import type { SessionFigures } from '../../domain/run/session-figures.ts';
import { outputEvent, type TurnContext, type TurnParser } from '../executor.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import {
  countAt,
  isObject,
  jsonOfLine,
  numberAt,
  objectAt,
  objectsAt,
  textAt,
  textOrNullAt,
  timeAt,
} from '../json-event.ts';
import type { TurnUsage } from '../runner.ts';
import { createTurnNotes, NO_USAGE } from '../turn-notes.ts';
import { addUsage, createUsageTold } from '../usage-sum.ts';
import { eventsOfContent, fileChangeOf } from './claude-content.ts';
import { failureOfResult, type ClaudeFailure } from './claude-ending.ts';
import { figuresOfResult, usageOfMessage, usageOfResult } from './claude-usage.ts';

const MOST_DENIALS = 20;
/** What Claude Code says of itself while it works, of no use in a timeline. */
const SILENT = new Set(['init', 'status', 'ui_invalidate']);

/**
 * Reads what `claude -p --output-format stream-json --verbose` prints, of any 2.x version. Success needs a `result` without an error: an
 * interrupted run ends with exit code 0 and none.
 */
export function createClaudeParser(turn: TurnContext): TurnParser {
  const { step } = turn;
  const notes = createTurnNotes(step);
  const told = createUsageTold(step);
  const windows = new Map<string, RateWindow>();
  /** What messages told of their use, until the result does: the same message comes in several events. */
  const seen = new Set<string>();
  /** Refusals that were told already: as they happened, and once more at the end. */
  const denied = new Set<string>();
  let used: TurnUsage | null = null;
  let figures: SessionFigures | null = turn.reported;
  let failure: ClaudeFailure | null = null;
  let finished = false;
  /** The last error of a call that was tried again, or given up. */
  let code = '';
  let retried: ClaudeFailure | null = null;
  notes.model = turn.model;

  const onMessage = (event: JsonObject, emit: (event: NewRunEvent) => void): void => {
    const message = objectAt(event, 'message');
    if (event['is_api_error_message'] === true) {
      code = textAt(event, 'api_error') || textAt(event, 'error');
      const text = textOf(message);
      emit({ type: 'error', payload: { step, tag: code || 'api_error', message: text } });
      return;
    }
    const own = event['parent_tool_use_id'] === null || event['parent_tool_use_id'] === undefined;
    const id = textAt(message, 'id');
    const usage = objectAt(message, 'usage');
    const model = textAt(message, 'model');
    if (usage !== undefined && id !== '' && !seen.has(id)) {
      seen.add(id);
      const more = told.more(usageOfMessage(usage), model || null, 1);
      if (more) emit(more);
    }
    for (const it of eventsOfContent(step, message?.['content'])) {
      // A sub-agent's words are not the agent's last ones.
      if (it.type === 'message' && own) notes.said = it.payload.text;
      emit(it);
    }
  };
  const onSystem = (event: JsonObject): NewRunEvent | 'raw' | undefined => {
    const subtype = textAt(event, 'subtype');
    if (subtype === 'init') notes.model = textOrNullAt(event, 'model') ?? notes.model;
    if (SILENT.has(subtype)) return undefined;
    if (subtype === 'api_retry') {
      const status = numberAt(event, 'error_status');
      code = textAt(event, 'error');
      const why = `${code === 'unknown' || code === '' ? 'no answer' : code.replaceAll('_', ' ')}${status === null ? '' : ` (${String(status)})`}`;
      const reason = `The model's server: ${why}. Attempt ${String(countAt(event, 'attempt'))} of ${String(countAt(event, 'max_retries'))}.`;
      retried = { class: classOfStatus(status) ?? 'network', why: reason };
      return { type: 'retry', payload: { step, reason, afterMs: countAt(event, 'retry_delay_ms') } };
    }
    if (subtype === 'permission_denied') {
      denied.add(textAt(event, 'tool_use_id'));
      return { type: 'error', payload: { step, tag: 'permission_denied', message: deniedWords(event) } };
    }
    if (subtype === 'compact_boundary')
      return {
        type: 'message',
        payload: { step, text: 'The agent made its conversation shorter to go on.' },
      };
    return 'raw';
  };
  const onResult = (event: JsonObject, emit: (event: NewRunEvent) => void): void => {
    finished = true;
    failure = failureOfResult(event, code);
    const usage = usageOfResult(event, figures);
    used = addUsage(used ?? NO_USAGE, usage);
    figures = figuresOfResult(event);
    const rest = told.upTo(used, notes.model);
    if (rest) emit(rest);
    if (failure !== null) {
      if (failure.class !== 'turn_limit')
        emit({
          type: 'error',
          payload: { step, tag: failure.class, message: failure.why || 'No reason was told.' },
        });
    } else {
      // An answer in a form stands beside what was said; it is what was asked for.
      const form = objectAt(event, 'structured_output');
      if (form) notes.said = JSON.stringify(form);
      else if (textAt(event, 'result') !== '') notes.said = textAt(event, 'result');
    }
    const refused = objectsAt(event, 'permission_denials').filter(
      (it) => !denied.has(textAt(it, 'tool_use_id')),
    );
    for (const it of refused.slice(0, MOST_DENIALS))
      emit({ type: 'error', payload: { step, tag: 'permission_denied', message: deniedWords(it) } });
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        notes.complain(line, emit);
        return undefined;
      }
      const event = jsonOfLine(line);
      if (event === undefined || typeof event['type'] !== 'string') {
        if (line.text !== '') emit(outputEvent(step, line));
        return undefined;
      }
      notes.sessionId = textOrNullAt(event, 'session_id') ?? notes.sessionId;
      switch (event['type']) {
        case 'system': {
          const made = onSystem(event);
          if (made === 'raw') emit(outputEvent(step, line));
          else if (made) emit(made);
          // Claude Code tries a refused key again like any failure; it stays refused.
          return retried?.class === 'auth' ? 'over' : undefined;
        }
        case 'assistant':
          onMessage(event, emit);
          return undefined;
        case 'user': {
          const content = objectAt(event, 'message')?.['content'];
          // Its own words as the user, such as of an interruption, are no message of the agent.
          for (const it of eventsOfContent(step, content)) if (it.type === 'tool_result') emit(it);
          const change = fileChangeOf(step, turn.worktree, event);
          if (change) emit(change);
          return undefined;
        }
        case 'rate_limit_event': {
          const info = objectAt(event, 'rate_limit_info');
          for (const window of windowsOf(info)) windows.set(window.name, window);
          if (info?.['status'] === 'rejected') code = 'usage_limit_reached';
          return undefined;
        }
        case 'result':
          onResult(event, emit);
          return undefined;
        case 'stream_event':
          return undefined;
        default:
          emit(outputEvent(step, line));
          return undefined;
      }
    },
    ending(exit) {
      const ended = (): ClaudeFailure | null => {
        if (finished) {
          if (failure !== null || exit.code === 0) return failure;
          return { class: 'crashed', why: notes.complaints() };
        }
        if (retried?.class === 'auth') return retried;
        if (exit.code === 0) return { class: 'no_result', why: notes.complaints() };
        const why = notes.complaints() || (retried?.why ?? '');
        const known = exit.code === null ? undefined : classOfWords(why);
        return { class: known ?? 'crashed', why };
      };
      const found = ended();
      const list = [...windows.values()];
      // A plan that lets the turn through costs no money for it, whatever the list price of its tokens is.
      const usage = used ?? told.sum();
      const plan = list.length > 0;
      return notes.ending(
        {
          ...(plan ? { ...usage, costMicroUsd: null } : usage),
          class: found?.class ?? 'ok',
          ...(found === null ? {} : { why: found.why }),
          ...(found?.class === 'session_unknown' ? { sessionId: null } : {}),
          windows: list,
          resetsAt: found?.class === 'rate_limited' ? latestReset(list) : null,
          reported: finished && found?.class !== 'session_unknown' ? figures : null,
        },
        exit,
      );
    },
  };
}

function textOf(message: JsonObject | undefined): string {
  return objectsAt(message, 'content')
    .map((block) => textAt(block, 'text'))
    .join('\n');
}

function deniedWords(event: JsonObject): string {
  const told = textAt(event, 'message');
  if (told !== '') return told;
  const tool = textAt(event, 'tool_name') || 'a tool';
  const input = event['tool_input'];
  const detail = isObject(input)
    ? (textAt(input, 'command') || textAt(input, 'file_path')).slice(0, 300)
    : '';
  return `The agent may not use ${tool}${detail === '' ? '' : `: ${detail}`}.`;
}

function windowsOf(info: JsonObject | undefined): RateWindow[] {
  const unified = objectAt(info, 'unifiedWindows');
  const of = (name: string, from: JsonObject | undefined): RateWindow => {
    const status = textAt(from, 'status');
    return {
      name,
      used: numberAt(from, 'utilization'),
      resetsAt: timeAt(from, 'resetsAt'),
      status: status === 'rejected' ? 'rejected' : status === 'allowed_warning' ? 'warning' : 'allowed',
    };
  };
  if (unified) return Object.entries(unified).flatMap(([name, it]) => (isObject(it) ? [of(name, it)] : []));
  const name = textAt(info, 'rateLimitType');
  return name === '' ? [] : [of(name, info)];
}

/** When the windows that hold the account back have all begun anew. */
function latestReset(windows: readonly RateWindow[]): string | null {
  const times = windows.flatMap(({ status, resetsAt }) =>
    status === 'rejected' && resetsAt !== null ? [resetsAt] : [],
  );
  return times.sort().at(-1) ?? null;
}
