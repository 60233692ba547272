import { cleanText } from '../clean-text.ts';
import { outputEvent, type ChildExit, type ParsedEnding, type TurnParser } from '../executor.ts';
import type { TaskState, TurnUsage } from '../runner.ts';
import { stateOfLine } from '../task-state.ts';
import { NO_USAGE } from '../turn-notes.ts';
import { parseEndingLine, type ToldEnding } from './ending-line.ts';
import { parseStructuredLine } from './structured-line.ts';

const STDERR_LINES = 10;

/** Reads plain output, `TASK_STATE:` lines (the last one counts) and the small protocol of `structured-line.ts`. */
export function createShellParser(step: number): TurnParser {
  let taskState: TaskState = 'none';
  let question = '';
  let said = '';
  let lastLine = '';
  const complaints: string[] = [];
  const usage: { -readonly [Figure in keyof TurnUsage]: TurnUsage[Figure] } = { ...NO_USAGE };
  let model: string | null = null;
  let ended: ToldEnding | null = null;

  const message = (exit: ChildExit): string => {
    if (exit.code === 0) {
      const last = said || cleanText(lastLine);
      if (taskState === 'blocked') return question || last || 'The command is blocked and gave no question.';
      return last;
    }
    const why = complaints.map(cleanText).join('\n').trim() || said || cleanText(lastLine);
    return [sentence(exit), why].filter((part) => part !== '').join('\n');
  };

  return {
    line(line, emit) {
      if (line.stream === 'stderr') {
        if (line.text !== '') complaints.push(line.text.slice(0, 2_000));
        if (complaints.length > STDERR_LINES) complaints.shift();
        emit(outputEvent(step, line));
        return undefined;
      }
      const structured = line.dropped === 0 ? parseStructuredLine(step, line.text) : undefined;
      if (structured) {
        if (structured.type === 'message') said = structured.payload.text;
        if (structured.type === 'usage') {
          usage.tokensIn += structured.payload.tokensIn;
          usage.tokensOut += structured.payload.tokensOut;
          usage.tokensCached += structured.payload.tokensCached;
          usage.tokensCacheWrite += structured.payload.tokensCacheWrite ?? 0;
          usage.tokensReasoning += structured.payload.tokensReasoning ?? 0;
          if (structured.payload.costMicroUsd !== null)
            usage.costMicroUsd = (usage.costMicroUsd ?? 0) + structured.payload.costMicroUsd;
          model = structured.payload.model ?? model;
        }
        emit(structured);
        return undefined;
      }
      const ending = line.dropped === 0 ? parseEndingLine(line.text) : undefined;
      if (ending) ended = ending;
      const told = stateOfLine(line.text);
      if (told) ({ state: taskState, question } = told);
      else if (line.text !== '') {
        lastLine = line.text.length > 65_536 ? line.text.slice(0, 65_536) : line.text;
      }
      emit(outputEvent(step, line));
      return undefined;
    },
    ending: (exit): ParsedEnding => ({
      // A command that says why it failed did fail.
      class: exit.code === 0 ? 'ok' : (ended?.class ?? 'crashed'),
      taskState,
      message: message(exit),
      sessionId: ended?.sessionId ?? null,
      ...usage,
      model,
      resetsAt: ended?.resetsAt ?? null,
      windows: ended?.windows ?? [],
      reported: null,
    }),
  };
}

function sentence(exit: ChildExit): string {
  if (exit.signal !== null) return `The command was ended by ${exit.signal}.`;
  if (exit.code === 127) return 'The shell did not find a program of the command (exit code 127).';
  if (exit.code === 126) return 'A program of the command may not be executed (exit code 126).';
  return exit.code === null ? '' : `The command ended with exit code ${String(exit.code)}.`;
}
