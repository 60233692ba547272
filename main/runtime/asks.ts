import { parseTime, type Clock } from '../shared/clock.ts';
import type { Scope } from '../shared/scope.ts';
import type { Read, Write } from '../store/database.ts';
import {
  listExpiredAsks,
  listOfTurn,
  listOpenAsks,
  moveAsk,
  noteDelivered,
  type StoredAsk,
  type TurnKey,
} from '../store/run-ask-store.ts';
import { insertDirective } from '../store/run-directive-store.ts';
import { getRunStanding } from '../store/run-standing.ts';
import { carriedWords, settleAsk } from '../store/settle-ask.ts';
import { transitionRun } from '../store/transition-run.ts';
import type { Store } from '../store/store.ts';

/** Events after which an agent may wait, or no longer. */
const TOUCHING = new Set(['runBlocked', 'runWentOn', 'runQueued', 'permissionDecided', 'runStopped']);

/** How long a turn has waited for its owner until `now`, however many things it asked at once; milliseconds. */
export function waitedMs(asks: readonly StoredAsk[], now: string): number {
  let until = 0;
  let sum = 0;
  for (const { createdAt, decidedAt } of asks) {
    const from = Math.max(until, parseTime(createdAt));
    const to = parseTime(decidedAt ?? now);
    if (to <= from) continue;
    sum += to - from;
    until = to;
  }
  return sum;
}

export function turnWaitedMs(read: Read, turn: TurnKey, now: string): number {
  return waitedMs(listOfTurn(read, turn), now);
}

/**
 * Tells whether the agent of a turn waits for its owner, now and whenever that changes, until the returned function is called or the
 * scope closes. Time it waits is nobody's: no limit counts it, and silence is no trouble.
 */
export function watchWaiting(
  { store, scope }: { store: Store; scope: Scope },
  turn: TurnKey,
  tell: (waiting: boolean) => void,
): () => void {
  let told = false;
  const look = (): void => {
    const waiting = store.read((read) => listOfTurn(read, turn)).some(({ status }) => status === 'open');
    if (waiting === told) return;
    told = waiting;
    tell(waiting);
  };
  const stop = store.onCommit(({ events }) => {
    if (!scope.closed && events.some(({ type, entityId }) => entityId === turn.runId && TOUCHING.has(type)))
      look();
  });
  look();
  return stop;
}

/**
 * What becomes of the open asks of a turn that is over. One that is taken again asks again by itself. A stage beside others is blocked as a
 * stage: the words of what it asked are given back for that. Else they stay open, and the run is blocked by them.
 */
export function settleTurnAsks(write: Write, turn: TurnKey, again: boolean): string | null {
  const asks = listOfTurn(write, turn);
  // Decided, and the agent went before it heard of it.
  for (const ask of asks)
    if (ask.status !== 'open' && ask.status !== 'withdrawn' && ask.deliveredAt === null) {
      insertDirective(
        write,
        ask.runId,
        'answer',
        carriedWords(ask, ask.status, ask.answer),
        ask.decidedBy ?? 'owner',
      );
      noteDelivered(write, ask.id);
    }
  const open = asks.filter(({ status }) => status === 'open');
  const [first] = open;
  if (!first || (turn.stage === '' && !again)) return null;
  for (const ask of open) moveAsk(write, ask, 'withdraw', 'runtime', null);
  if (listOpenAsks(write, turn.runId).length === 0 && getRunStanding(write, turn.runId).status === 'blocked')
    transitionRun(write, turn.runId, 'go_on', 'runtime');
  return again ? null : first.kind === 'permission' ? `May it use ${first.tool}? ${first.text}` : first.text;
}

/** Denies what nobody decided in time, and says so. */
export function expireAsks(store: Store, clock: Clock): void {
  const now = clock.iso();
  if (store.read((read) => listExpiredAsks(read, now)).length === 0) return;
  store.write((write) => {
    for (const ask of listExpiredAsks(write, now)) {
      const hours = Math.round((parseTime(now) - parseTime(ask.createdAt)) / 360_000) / 10;
      const text = `Nobody decided within ${String(hours)} h, so this is denied.`;
      settleAsk(write, ask, { on: 'expire', by: 'runtime', text });
    }
  });
}
