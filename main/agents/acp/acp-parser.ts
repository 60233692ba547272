import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { outputEvent, type OutputLine, type TurnContext, type TurnParser } from '../executor.ts';
import { countAt, jsonOfLine, numberAt, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import { createTurnAccount, lineCount, type CalledChange, type Used } from '../turn-account.ts';
import { failureOf, STOPS } from './acp-ending.ts';
import { acpUsage, callUsage } from './acp-usage.ts';
import { permissionAsk } from './permission.ts';
import { createToolCalls, type AcpCall } from './tool-calls.ts';

type Emit = (event: NewRunEvent) => void;

/** What is told of a turn beside the protocol, or not at all. */
export interface AcpReading {
  /** The driver asks for what was used once the turn is over; what answers tell is not the whole of it. */
  readonly useComes?: boolean;
  /** Calls of the model after which the turn is ended, for a program that cannot hold itself to a limit. */
  readonly turnLimit?: number | null;
}

/** Text comes in pieces; a long answer is shown in parts of about this size. */
const SHOW_AFTER = 4_000;
/** Told, and of no use to a reader of the run. */
const SILENT = new Set([
  'available_commands_update',
  'current_mode_update',
  'config_option_update',
  'session_info_update',
  'user_message_chunk',
  'usage_update',
]);

const BEGINS_A_CALL = new Set(['agent_message_chunk', 'agent_thought_chunk', 'tool_call']);

/**
 * Reads a turn over the Agent Client Protocol as the driver prints it: the program's messages as they came, and its own lines
 * (`driver-line.ts`). The answer to the last prompt is the turn's ending; an answer without a word is no success.
 */
export function createAcpParser(
  turn: Pick<TurnContext, 'step' | 'worktree' | 'model'>,
  label: string,
  own: AcpReading = {},
): TurnParser {
  const { step } = turn;
  const notes = createTurnAccount({ ...turn, label });
  const calls = createToolCalls();
  const shown = new Set<string>();
  /** Counted when no better figures come. */
  const told: Used[] = [];
  let saying = '';
  let thinking = '';
  let answered = false;
  /** Calls of the model: what the program tells after a tool gave its result is of another one. */
  let modelCalls = 1;
  let resulted = false;

  const flush = (emit: Emit): void => {
    if (thinking !== '') notes.reasoning(thinking, emit);
    if (saying !== '') {
      notes.message(saying, emit);
      answered = true;
    }
    saying = thinking = '';
  };
  const show = (call: AcpCall, emit: Emit): void => {
    if (shown.has(call.id)) return;
    shown.add(call.id);
    flush(emit);
    notes.toolCall({ id: call.id, tool: call.tool, input: permissionAsk(call).input }, emit);
  };
  const called = (part: JsonObject, asked: boolean, emit: Emit): void => {
    const call = calls.note(part);
    const over = call.status === 'completed' || call.status === 'failed';
    // While it is pending its input may still be written.
    if (asked || over || call.status === 'in_progress') show(call, emit);
    if (!over) return;
    notes.toolResult({ id: call.id, ok: call.status === 'completed', output: call.output }, emit);
    if (call.status === 'completed') for (const change of changesOf(call)) notes.changed(change, emit);
    answered = false;
    calls.forget(call.id);
    shown.delete(call.id);
  };
  const updated = (update: JsonObject, emit: Emit): boolean => {
    const kind = textAt(update, 'sessionUpdate');
    if (resulted && BEGINS_A_CALL.has(kind)) {
      resulted = false;
      modelCalls += 1;
    }
    if (update['status'] === 'completed' || update['status'] === 'failed') resulted = true;
    const text = textAt(objectAt(update, 'content'), 'text');
    switch (kind) {
      case 'agent_message_chunk': {
        if (thinking !== '') flush(emit);
        saying += text;
        if (saying.length > SHOW_AFTER && text.includes('\n')) flush(emit);
        const used = callUsage(update);
        if (used) notes.used(used, emit);
        return true;
      }
      case 'agent_thought_chunk':
        if (saying !== '') flush(emit);
        thinking += text;
        return true;
      case 'tool_call':
      case 'tool_call_update':
        called(update, false, emit);
        return true;
      case 'plan':
        return true;
      default:
        return SILENT.has(kind);
    }
  };
  const said = (line: JsonObject, emit: Emit): boolean => {
    switch (line['homer']) {
      case 'acp':
        return true;
      case 'session':
        notes.session(textOrNullAt(line, 'id'));
        notes.model(turn.model ?? textOrNullAt(line, 'model'));
        return true;
      case 'told':
        flush(emit);
        emit({ type: 'output', payload: { step, stream: 'stdout', text: textAt(line, 'text') } });
        return true;
      case 'answered': {
        flush(emit);
        const result = objectAt(line, 'result') ?? {};
        const used = acpUsage(result);
        if (used) {
          notes.model(used.model);
          if (own.useComes) told.push(used.of);
          else notes.used(used.of, emit);
        }
        settle(textAt(result, 'stopReason'));
        return true;
      }
      case 'used': {
        const of = objectAt(line, 'of');
        told.length = 0;
        notes.used(
          {
            tokensIn: countAt(of, 'tokensIn'),
            tokensOut: countAt(of, 'tokensOut'),
            tokensCached: countAt(of, 'tokensCached'),
            tokensCacheWrite: countAt(of, 'tokensCacheWrite'),
            tokensReasoning: countAt(of, 'tokensReasoning'),
            costMicroUsd: numberAt(of, 'costMicroUsd'),
            ...(countAt(of, 'calls') > 0 ? { calls: countAt(of, 'calls') } : {}),
          },
          emit,
        );
        return true;
      }
      case 'failed': {
        flush(emit);
        const failed = failureOf(line);
        notes.error(`acp_${failed.class}`, failed.message, emit);
        notes.settle(failed);
        return true;
      }
      default:
        return false;
    }
  };
  const settle = (reason: string): void => {
    if (own.turnLimit && modelCalls > own.turnLimit) return;
    const stopped = STOPS[reason];
    if (stopped !== undefined) {
      notes.settle({ class: stopped.class, message: `${label} ${stopped.words}.\n${notes.said}`.trim() });
      return;
    }
    if (reason === 'end_turn' && answered) {
      notes.settle('ok');
      return;
    }
    const why = reason === 'end_turn' ? ' without an answer' : ` (${reason || 'no reason'})`;
    notes.settle({ class: 'no_result', message: `${label} ended its turn${why}.\n${notes.said}`.trim() });
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        notes.complain(line.text);
        emit(outputEvent(step, line));
        return undefined;
      }
      if (!read(line, emit)) emit(outputEvent(step, line));
      const most = own.turnLimit ?? null;
      if (most === null || modelCalls <= most || notes.settled === 'ok') return undefined;
      notes.settle({
        class: 'turn_limit',
        message: `${label} reached its limit of ${String(most)} model calls in this turn.`,
      });
      return 'over';
    },
    ending(exit) {
      flush(() => undefined);
      for (const some of told.splice(0)) notes.used(some, () => undefined);
      return notes.ending(exit);
    },
  };

  function read(line: OutputLine, emit: Emit): boolean {
    const fields = jsonOfLine(line);
    if (!fields) return false;
    if ('homer' in fields) return said(fields, emit);
    const params = objectAt(fields, 'params');
    switch (fields['method']) {
      case 'session/update': {
        const update = objectAt(params, 'update');
        return update !== undefined && updated(update, emit);
      }
      case 'session/request_permission': {
        const call = objectAt(params, 'toolCall');
        if (call) called({ ...call, status: 'pending' }, true, emit);
        return call !== undefined;
      }
      default:
        // Of the program's own, beside the protocol.
        return typeof fields['method'] === 'string' && fields['jsonrpc'] === '2.0';
    }
  }
}

function changesOf(call: AcpCall): CalledChange[] {
  if (call.diffs.length > 0)
    return call.diffs.flatMap(({ path, before, after }) => {
      if (path === '') return [];
      const change = before === '' ? 'added' : after === '' ? 'deleted' : 'modified';
      return [{ path, change, additions: lineCount(after), deletions: lineCount(before) }];
    });
  const path = call.paths[0] ?? (textAt(call.input ?? {}, 'path') || textAt(call.input ?? {}, 'filePath'));
  if (call.kind !== 'edit' || !path) return [];
  const additions = lineCount(textAt(call.input ?? {}, 'content'));
  return [{ path, change: 'modified', additions, deletions: 0 }];
}
