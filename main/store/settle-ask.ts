import { formatTime, parseTime } from '../shared/clock.ts';
import type { Write } from './database.ts';
import { listOpenAsks, moveAsk, type StoredAsk } from './run-ask-store.ts';
import { findChild } from './run-child-store.ts';
import { takeLease } from './run-claim-store.ts';
import { insertDirective } from './run-directive-store.ts';
import { appendOwnersWords } from './run-event-store.ts';
import { getRunStanding } from './run-standing.ts';
import { transitionRun } from './transition-run.ts';

/** As long as a host counts as alive that says nothing; renewed by the loop that has the run. */
const LEASE_MS = 30_000;

export interface AskVerdict {
  readonly on: 'answer' | 'allow' | 'deny' | 'expire';
  readonly by: string;
  /** The owner's words, or why. */
  readonly text: string | null;
}

/**
 * Decides what an agent asked, with all that follows in the same transaction. An agent that still waits goes on in its turn; one that is
 * gone reads the answer in its next prompt. With more to decide, the run stays blocked and asks the next thing. Throws `already_decided`.
 */
export function settleAsk(write: Write, ask: StoredAsk, verdict: AskVerdict): void {
  const status = moveAsk(write, ask, verdict.on, verdict.by, verdict.text);
  const mark = { step: ask.step, ...(ask.stage === '' ? {} : { stage: ask.stage }) };
  const child = findChild(write, ask);
  const waits =
    child !== null && child.ending === null && child.step === ask.step && child.attempt === ask.attempt;
  if (ask.kind === 'permission') {
    const outcome = status === 'allowed' ? 'allowed' : status === 'expired' ? 'expired' : 'denied';
    appendOwnersWords(write, ask.runId, [
      {
        type: 'permission',
        payload: {
          ...mark,
          id: ask.id,
          tool: ask.tool,
          text: ask.text,
          outcome,
          actor: verdict.by,
          ...(verdict.text === null ? {} : { note: verdict.text }),
        },
      },
    ]);
    write.emit({
      type: 'permissionDecided',
      entity: 'run',
      entityId: ask.runId,
      actor: verdict.by,
      payload: { askId: ask.id, status },
    });
  } else if (waits)
    appendOwnersWords(write, ask.runId, [
      { type: 'answer', payload: { text: verdict.text ?? '', actor: verdict.by } },
    ]);
  if (!waits) {
    insertDirective(write, ask.runId, 'answer', carriedWords(ask, status, verdict.text), verdict.by);
    write.prepare('UPDATE run_ask SET delivered_at = ? WHERE id = ?').run(write.now, ask.id);
  }
  const [next] = listOpenAsks(write, ask.runId);
  if (getRunStanding(write, ask.runId).status !== 'blocked') return;
  if (next) {
    // Another version: a button for what was decided decides nothing of what is asked now.
    write
      .prepare('UPDATE run SET question = ?, version = version + 1, updated_at = ? WHERE id = ?')
      .run(next.text, write.now, ask.runId);
    write.emit({ type: 'runBlocked', entity: 'run', entityId: ask.runId, actor: 'agent', payload: {} });
  } else if (waits) {
    transitionRun(write, ask.runId, 'go_on', verdict.by);
    takeLease(write, ask.runId, formatTime(parseTime(write.now) + LEASE_MS));
  } else transitionRun(write, ask.runId, 'answer', verdict.by);
}

/** What a prompt says of an answer whose agent no longer waits for it. */
export function carriedWords(
  ask: Pick<StoredAsk, 'kind' | 'tool' | 'text'>,
  status: string,
  words: string | null,
): string {
  if (ask.kind === 'question') return `You asked: ${ask.text}\nThe answer: ${words ?? ''}`;
  const what = `${ask.tool}: ${ask.text}`;
  const said = words === null || words === '' ? '' : ` ${words}`;
  if (status === 'allowed') return `You asked for permission, and it is given for one use. ${what}${said}`;
  return `You asked for permission, and it is denied.${said} Go on without it. ${what}`;
}
