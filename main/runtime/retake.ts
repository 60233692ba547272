import type { TurnEnding } from '../agents/runner.ts';

/** A turn that is taken again within its step: nothing of it is judged as a result, and no step is spent on it. */
export interface Retake {
  readonly reason: string;
  readonly afterMs: number;
  /** Whether it goes on with the agent's session, or begins a new one with what was said last. */
  readonly session: 'same' | 'new';
}

/** Turns of one step that were taken again so far, by why. */
export type Retaken = { [why in 'network' | 'context_overflow' | 'session_unknown' | 'account']: number };

/** Waits before the network is tried again, one for each time. The programs themselves have tried before that. */
const NETWORK_WAITS_MS = [5_000, 20_000, 60_000];
const MOST_OVERFLOWS = 2;
/** So many accounts are tried in one step. */
const MOST_ACCOUNTS = 20;

export function noneRetaken(): Retaken {
  return { network: 0, context_overflow: 0, session_unknown: 0, account: 0 };
}

/** Whether other hands may have another account for a turn that ended so. */
export function mayRotate(ending: TurnEnding, retaken: Retaken): boolean {
  return (ending.class === 'rate_limited' || ending.class === 'auth') && retaken.account < MOST_ACCOUNTS;
}

/** How a turn that ended so is taken again; null when its ending stands. `rotated`: there is another account for it. */
export function retakeOf(
  ending: TurnEnding,
  at: { readonly retaken: Retaken; readonly resumed: boolean; readonly rotated: boolean },
): Retake | null {
  const { retaken } = at;
  switch (ending.class) {
    case 'rate_limited':
    case 'auth':
      if (!at.rotated) return null;
      return { reason: 'Goes on with another account.', afterMs: 0, session: 'same' };
    case 'network': {
      const afterMs = NETWORK_WAITS_MS[retaken.network];
      if (afterMs === undefined) return null;
      return { reason: 'The model could not be reached; tries again.', afterMs, session: 'same' };
    }
    case 'context_overflow':
      if (retaken.context_overflow >= MOST_OVERFLOWS) return null;
      return {
        reason: 'The conversation has outgrown the model; goes on in a new session.',
        afterMs: 0,
        session: 'new',
      };
    case 'session_unknown':
      if (!at.resumed || retaken.session_unknown > 0) return null;
      return {
        reason: 'The agent does not know its session any more; goes on in a new one.',
        afterMs: 0,
        session: 'new',
      };
    default:
      return null;
  }
}

/** Counts it. */
export function countRetake(retaken: Retaken, ending: TurnEnding): void {
  const why = ending.class === 'rate_limited' || ending.class === 'auth' ? 'account' : ending.class;
  if (why in retaken) retaken[why as keyof Retaken] += 1;
}
