import type { Choice } from '../../../preload/contract/choices.ts';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import type { RendererClock } from '../../client/clock.ts';

export const holdMs = 8_000;

/** A decision on one item. */
export interface ItemDecision {
  readonly item: InboxItem;
  readonly choice: Choice;
  readonly text: string | undefined;
}
/** A decision that was made here, on one item or on several, and is not sent yet. */
export interface Held {
  readonly items: readonly InboxItem[];
  readonly choice: Choice;
  readonly text: string | undefined;
  /** When it goes, milliseconds since 1970. */
  readonly until: number;
}
export interface Refused extends ItemDecision {
  readonly failure: ContractFailure;
}
export interface HeldState {
  readonly held: Held | undefined;
  /** Items that were decided here, by key and version: they are no longer to be offered. */
  readonly gone: ReadonlySet<string>;
  /** Of the last one what was not taken; it is offered again. */
  readonly refused: readonly Refused[];
  /** How often something decided came back: taken back, or refused. */
  readonly returned: number;
}
export interface HeldDecision {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => HeldState;
  /** Keeps it for eight seconds; one that was kept goes at once. */
  hold(items: readonly InboxItem[], choice: Choice, text?: string): void;
  undo(): void;
  /** Lets it go now. */
  release(): void;
}

export const tokenOf = ({ key, version }: Pick<InboxItem, 'key' | 'version'>): string =>
  `${key} ${String(version)}`;

/**
 * Keeps a decision for eight seconds, in which it can be taken back as if it had not been made. It goes earlier when the next one is
 * made, and when the window is left: what cannot be taken back any more must not wait for anybody. What is refused of it is offered again.
 */
export function createHeldDecision(options: {
  readonly clock: Pick<RendererClock, 'now' | 'after'>;
  readonly send: (decision: ItemDecision) => Promise<ContractFailure | undefined>;
}): HeldDecision {
  const { clock, send } = options;
  const listeners = new Set<() => void>();
  let state: HeldState = { held: undefined, gone: new Set(), refused: [], returned: 0 };
  let cancel: (() => void) | undefined;

  const set = (change: Partial<HeldState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const take = (): Held | undefined => {
    const { held } = state;
    cancel?.();
    cancel = undefined;
    return held;
  };
  const sendAll = async ({ items, choice, text }: Held): Promise<readonly Refused[]> => {
    // All at once: the window may be leaving, and nothing of it waits for another.
    const failures = await Promise.all(items.map((item) => send({ item, choice, text })));
    return failures.flatMap((failure, at) => {
      const item = items[at];
      return failure && item ? [{ item, choice, text, failure }] : [];
    });
  };
  const release = (): void => {
    const held = take();
    if (!held) return;
    set({ held: undefined, gone: new Set([...state.gone, ...held.items.map(tokenOf)]) });
    void sendAll(held).then((refused) => {
      const again = new Set(refused.map(({ item }) => tokenOf(item)));
      if (again.size > 0)
        set({
          gone: new Set([...state.gone].filter((token) => !again.has(token))),
          refused,
          returned: state.returned + 1,
        });
    });
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    hold(items, choice, text) {
      release();
      set({ refused: [], held: { items, choice, text, until: clock.now() + holdMs } });
      cancel = clock.after(holdMs, release);
    },
    undo() {
      if (take()) set({ held: undefined, returned: state.returned + 1 });
    },
    release,
  };
}
