import { createHash, randomBytes } from 'node:crypto';
import { redact } from '../agents/redact.ts';
import type { DoorReply, DoorRequest } from '../domain/agent/tools.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { messageOf } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';
import { findChildByDoor, someDoorIsWanted, type StoredChild } from '../store/run-child-store.ts';
import { appendRunEvents } from '../store/run-event-store.ts';
import { findAsk, noteDelivered, type StoredAsk } from '../store/run-ask-store.ts';
import type { Write } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { askPermission, askQuestion } from './ask-owner.ts';
import { goalsFor, contextOf } from './run-context.ts';
import { proposeIdea } from './propose-idea.ts';

/**
 * What an agent at work may say to Homer. It is known by a token of its turn alone, of which only the digest is kept: when the turn is over,
 * the token is good for nothing. It reads its own run and what its project is for, and nothing else.
 */
export interface AgentDesk {
  /** A token for one turn; whoever starts it keeps the digest with the child. */
  issue(): { token: string; digest: string };
  /** Answers one request; holds what must wait for the owner up to `HOLD_MS`, and then says `waiting`. Never rejects. */
  serve(token: string, request: DoorRequest, signal: AbortSignal): Promise<DoorReply>;
  /** Whether any agent at work has a token. */
  wanted(): boolean;
}

/** How long one request waits for a decision; the agent's side asks again, so that neither notices when the other was away. */
export const HOLD_MS = 20_000;
/** Requests of one turn that are answered within a minute; those that wait count once for each `HOLD_MS`. */
const MOST_A_MINUTE = 60;

export function createAgentDesk(options: { store: Store; clock: Clock; log: Log; scope: Scope }): AgentDesk {
  const { store, clock, log, scope } = options;
  const rates = new Map<string, { since: number; count: number }>();

  return {
    issue() {
      const token = randomBytes(32).toString('base64url');
      return { token, digest: digestOf(token) };
    },
    wanted: () => store.read(someDoorIsWanted),
    async serve(token, request, signal) {
      const digest = digestOf(token);
      try {
        if (store.read((read) => findChildByDoor(read, digest)) === null) return over();
        if (tooOften(digest))
          return refused('too_often', 'Too many requests within a minute. Wait a while, then go on.');
        const told = store.write((write) => {
          const child = findChildByDoor(write, digest);
          return child === null ? over() : perform(write, child, request);
        });
        if (told.state !== 'waiting' || !('id' in request)) return told;
        return await decided(request.id, signal);
      } catch (error) {
        log.error('an agent could not be answered', { tool: request.tool, error: messageOf(error) });
        return refused('internal', 'Homer could not do this. Go on without it.');
      }
    },
  };

  function perform(write: Write, child: StoredChild, request: DoorRequest): DoorReply {
    switch (request.tool) {
      case 'propose_idea':
        return proposeIdea(write, child, request.input);
      case 'report_progress':
        appendRunEvents(write, child.runId, [
          {
            type: 'message',
            payload: {
              step: child.step,
              ...(child.stage === '' ? {} : { stage: child.stage }),
              text: `Progress: ${redact(request.input.text)}`,
            },
          },
        ]);
        return { state: 'done', text: 'Noted.' };
      case 'get_goals':
        return { state: 'done', text: goalsFor(write, child) };
      case 'get_run_context':
        return { state: 'done', text: contextOf(write, child) };
      case 'ask_owner':
      case 'permission': {
        const known = findAsk(write, request.id);
        if (known) return isOf(known, child) ? replyOf(write, known) : over();
        return request.tool === 'ask_owner'
          ? askQuestion(write, child, request.id, request.input)
          : askPermission(write, child, request.id, request.input);
      }
    }
  }

  /** The decision, or `waiting` when none comes in time, the host closes or nobody listens any more. */
  async function decided(id: string, signal: AbortSignal): Promise<DoorReply> {
    const wait = scope.child('an agent that waits');
    try {
      await new Promise<void>((resolve) => {
        const stop = store.onCommit(({ events }) => {
          if (events.length > 0 && store.read((read) => findAsk(read, id)?.status !== 'open')) resolve();
        });
        wait.add('commits', () => {
          stop();
          resolve();
        });
        const left = (): void => {
          resolve();
        };
        signal.addEventListener('abort', left, { once: true });
        wait.add('listener', () => signal.removeEventListener('abort', left));
        clock.after(wait, HOLD_MS, left);
        // Decided, or left, between the transaction and this line.
        if (signal.aborted || store.read((read) => findAsk(read, id)?.status !== 'open')) resolve();
      });
    } finally {
      await wait.close();
    }
    if (signal.aborted || scope.closed) return { state: 'waiting' };
    return store.write((write) => {
      const ask = findAsk(write, id);
      return ask === null ? over() : replyOf(write, ask);
    });
  }

  function tooOften(digest: string): boolean {
    const now = clock.monotonic();
    const rate = rates.get(digest);
    if (!rate || now - rate.since > 60_000) {
      // Turns end; what they counted goes with the minute.
      for (const [key, { since }] of rates) if (now - since > 60_000) rates.delete(key);
      rates.set(digest, { since: now, count: 1 });
      return false;
    }
    rate.count += 1;
    return rate.count > MOST_A_MINUTE;
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function isOf(ask: StoredAsk, child: StoredChild): boolean {
  return ask.runId === child.runId && ask.stage === child.stage && ask.step === child.step;
}

function replyOf(write: Write, ask: StoredAsk): DoorReply {
  if (ask.status === 'open') return { state: 'waiting' };
  noteDelivered(write, ask.id);
  switch (ask.status) {
    case 'answered':
      return { state: 'done', text: ask.answer ?? '' };
    case 'allowed':
      return { state: 'allowed' };
    case 'denied':
      return { state: 'denied', text: `The owner denied this.${ask.answer ? ` ${ask.answer}` : ''}` };
    case 'expired':
      return { state: 'denied', text: ask.answer ?? 'Nobody decided in time, so this is denied.' };
    case 'withdrawn':
      return over();
  }
}

export function refused(tag: string, text: string): DoorReply {
  return { state: 'refused', tag, text };
}

function over(): DoorReply {
  return refused('turn_over', 'This turn is over; Homer takes nothing of it any more.');
}
