import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { OutputStream, ParsedEnding } from '../executor.ts';
import { createLineSplitter, LINE_CAP } from '../process/line-splitter.ts';
import { safeText } from '../process/event-batch.ts';
import type { AgentForm } from './agent-form.ts';
import { createDeclaredExecutor } from './declared-executor.ts';
import { readForm } from './read-form.ts';

/** What a form comes to on output that was recorded. */
export interface CheckedForm {
  readonly form: AgentForm;
  readonly events: readonly NewRunEvent[];
  /** Lines of standard output that no rule knew: they are shown as they stand. */
  readonly unread: readonly string[];
  readonly ending: ParsedEnding;
}

/** Checks a form, and reads a recorded turn by it as a run would. Starts nothing. */
export function checkForm(input: {
  readonly file: string;
  readonly text: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}): Result<CheckedForm> {
  const form = readForm(input.file, input.text);
  if (!form.ok) return form;
  const parser = createDeclaredExecutor(form.value, {}).createParser({
    runId: 'check',
    step: 1,
    attempt: 1,
    worktree: '',
    model: null,
    sessionId: null,
    reported: null,
    turnLimit: null,
    home: null,
  });
  const events: NewRunEvent[] = [];
  const unread: string[] = [];
  const feed = (stream: OutputStream, whole: string): void => {
    const splitter = createLineSplitter(LINE_CAP, (text, _bytes, dropped) => {
      parser.line({ stream, text, dropped }, (event) => {
        if (event.type !== 'output') events.push(event);
        else if (stream === 'stdout' && text.trim() !== '') unread.push(safeText(text));
      });
      return false;
    });
    const bytes = Buffer.from(whole);
    for (let at = 0; at < bytes.length;) at = splitter.push(bytes, at);
    splitter.end();
  };
  feed('stderr', input.stderr);
  feed('stdout', input.stdout);
  const ending = parser.ending({ code: input.exitCode, signal: null });
  return ok({ form: form.value, events, unread, ending: { ...ending, message: safeText(ending.message) } });
}
