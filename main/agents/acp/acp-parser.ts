import type { JsonObject } from '../../domain/primitives.ts';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { outputEvent, type OutputLine, type TurnContext, type TurnParser } from '../executor.ts';
import { jsonOfLine, objectAt, textAt, textOrNullAt } from '../json-event.ts';
import { createTurnAccount, lineCount, type CalledChange, type Failed } from '../turn-account.ts';
import { failureOf, STOPS } from './acp-ending.ts';
import { acpUsage, callUsage } from './acp-usage.ts';
import { permissionAsk } from './permission.ts';
import { createToolCalls, type AcpCall } from './tool-calls.ts';

type Emit = (event: NewRunEvent) => void;
type Account = ReturnType<typeof createTurnAccount>;

/** What a program tells of a turn in files of its own, where the protocol does not carry it. */
export interface OwnRecords {
  /** Counts what was used; called when the turn has ended. */
  count?(account: Account, emit: Emit): void;
  /** Why the turn failed, of one whose answer does not say. */
  failure?(sessionId: string | null): Failed | undefined;
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

/**
 * Reads a turn over the Agent Client Protocol as the driver prints it: the program's messages as they came, and its own lines
 * (`driver-line.ts`). The answer to the last prompt is the turn's ending; an answer without a word is no success.
 */
export function createAcpParser(
  turn: Pick<TurnContext, 'step' | 'worktree' | 'model'>,
  label: string,
  own: OwnRecords = {},
): TurnParser {
  const { step } = turn;
  const notes = createTurnAccount({ ...turn, label });
  const calls = createToolCalls();
  const shown = new Set<string>();
  let saying = '';
  let thinking = '';
  let answered = false;

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
  const called = (told: JsonObject, asked: boolean, emit: Emit): void => {
    const call = calls.note(told);
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
          notes.used(used.of, emit);
        }
        settle(textAt(result, 'stopReason'), emit);
        return true;
      }
      case 'failed': {
        flush(emit);
        own.count?.(notes, emit);
        const failed = failureOf(line);
        notes.error(`acp_${failed.class}`, failed.message, emit);
        notes.settle(failed);
        return true;
      }
      default:
        return false;
    }
  };
  const settle = (reason: string, emit: Emit): void => {
    own.count?.(notes, emit);
    const stopped = STOPS[reason];
    if (stopped !== undefined) {
      notes.settle({ class: stopped.class, message: `${label} ${stopped.words}.\n${notes.said}`.trim() });
      return;
    }
    const told = own.failure?.(notes.sessionId);
    if (told === undefined && reason === 'end_turn' && answered) {
      notes.settle('ok');
      return;
    }
    const failed = told ?? {
      class: 'no_result' as const,
      message:
        `${label} ended its turn${reason === 'end_turn' ? ' without an answer' : ` (${reason || 'no reason'})`}.\n${notes.said}`.trim(),
    };
    if (told) notes.error(`acp_${failed.class}`, failed.message, emit);
    notes.settle(failed);
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        notes.complain(line.text);
        emit(outputEvent(step, line));
        return undefined;
      }
      if (!read(line, emit)) emit(outputEvent(step, line));
      return undefined;
    },
    ending(exit) {
      flush(() => undefined);
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
