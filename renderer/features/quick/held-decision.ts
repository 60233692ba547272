import type { Choice } from '../../../preload/contract/choices.ts';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import type { RendererClock } from '../../client/clock.ts';

export const holdMs = 8_000;

/** A decision that was made here and is not sent yet. */
export interface Held {
  readonly item: InboxItem;
  readonly choice: Choice;
  readonly text: string | undefined;
  /** When it goes, milliseconds since 1970. */
  readonly until: number;
}

export interface HeldState {
  readonly held: Held | undefined;
  /** Items that were decided here, by key and version: they are no longer to be offered. */
  readonly gone: ReadonlySet<string>;
  /** The last one that was not taken; it is offered again. */
  readonly refused: { readonly held: Held; readonly failure: ContractFailure } | undefined;
}

export interface HeldDecision {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => HeldState;
  /** Keeps it for eight seconds; one that was kept goes at once. */
  hold(item: InboxItem, choice: Choice, text: string | undefined): void;
  undo(): void;
  /** Lets it go now. */
  release(): void;
}

export const tokenOf = ({ key, version }: Pick<InboxItem, 'key' | 'version'>): string =>
  `${key} ${String(version)}`;

/**
 * Keeps a decision for eight seconds, in which it can be taken back as if it had not been made. It goes earlier when the next one is
 * made, and when the window is left: what cannot be taken back any more must not wait for anybody. One that is refused is offered again.
 */
export function createHeldDecision(options: {
  readonly clock: Pick<RendererClock, 'now' | 'after'>;
  readonly send: (held: Held) => Promise<ContractFailure | undefined>;
}): HeldDecision {
  const { clock, send } = options;
  const listeners = new Set<() => void>();
  let state: HeldState = { held: undefined, gone: new Set(), refused: undefined };
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
  const release = (): void => {
    const held = take();
    if (!held) return;
    const token = tokenOf(held.item);
    set({ held: undefined, gone: new Set([...state.gone, token]) });
    void send(held).then((failure) => {
      if (!failure) return;
      set({ gone: new Set([...state.gone].filter((each) => each !== token)), refused: { held, failure } });
    });
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    hold(item, choice, text) {
      release();
      set({ refused: undefined, held: { item, choice, text, until: clock.now() + holdMs } });
      cancel = clock.after(holdMs, release);
    },
    undo() {
      take();
      set({ held: undefined });
    },
    release,
  };
}
