import { useCallback, useEffect, useRef, useState } from 'react';
import { formatTime, parseTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { useClock } from '../../ui/clock-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Range, RangeIntent } from './calendar-types.ts';
import { strings } from './strings.ts';

/** Blocks move by a quarter of an hour. */
export const STEP_MS = 15 * 60_000;
/** Presses that follow each other within this are one move, with one undo. */
const SETTLE_MS = 700;

/** A planned time that is shown elsewhere: `live` while it is moved, then until the days are read with it there. */
export interface Moving {
  readonly intentId: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly live: boolean;
}
type Move = Omit<Moving, 'live'>;

export interface MoveTime {
  readonly moving: Moving | null;
  /** Shows a time elsewhere; null: as it was. */
  show(move: Move | null): void;
  /** Moves what is shown. */
  commit(move: Move): void;
  /** Moves the time that is shown at `at` by so many steps, and commits when no more follow. */
  nudge(intent: Pick<RangeIntent, 'id' | 'name'>, at: string, steps: number): void;
  /** Takes the last move back; undefined: there is none. */
  readonly undo: (() => void) | undefined;
}

/** Moving planned times of the calendar. `when` says a time in the words of the calendar. */
export function useMoveTime(range: Range | undefined, when: (at: number) => string): MoveTime {
  const command = useCommand();
  const toast = useToast();
  const clock = useClock();
  const [moving, setMoving] = useState<Moving | null>(null);
  const [last, setLast] = useState<Move>();
  const waits = useRef<{ readonly move: Move; readonly cancel: () => void } | null>(null);

  // Read with it where it was put: nothing is shown elsewhere any more.
  const settled =
    moving !== null &&
    !moving.live &&
    range?.intents.find(({ id }) => id === moving.intentId)?.planned.every(({ at }) => at !== moving.from);
  if (settled) setMoving(null);

  const carry = useCallback(
    async (move: Move): Promise<boolean> => {
      const { intentId, from, to } = move;
      setMoving({ ...move, live: false });
      const { ok } = await command('intent.moveTime', { id: intentId, from, to });
      if (!ok) setMoving(null);
      return ok;
    },
    [command],
  );
  const takeBack = useCallback(
    (move: Move): void => {
      setLast(undefined);
      void carry(move);
    },
    [carry],
  );
  const commit = useCallback(
    (move: Move): void => {
      const { intentId, name, from, to } = move;
      if (from === to) setMoving(null);
      else
        void carry(move).then((ok) => {
          if (!ok) return;
          const back = { intentId, name, from: to, to: from };
          setLast(back);
          toast({
            text: strings.calendar.movedTo(name, when(parseTime(to))),
            action: {
              label: 'Undo',
              run: () => {
                takeBack(back);
              },
            },
          });
        });
    },
    [carry, takeBack, toast, when],
  );
  const flush = useCallback((): void => {
    const { current } = waits;
    if (current === null) return;
    current.cancel();
    waits.current = null;
    commit(current.move);
  }, [commit]);
  const leave = useRef(flush);
  useEffect(() => {
    leave.current = flush;
  }, [flush]);
  // What was moved by keys last is moved also when the view is left at once.
  useEffect(
    () => () => {
      leave.current();
    },
    [],
  );
  const nudge = useCallback(
    ({ id, name }: Pick<RangeIntent, 'id' | 'name'>, at: string, steps: number): void => {
      const pending = waits.current?.move;
      const same = pending !== undefined && pending.intentId === id && pending.to === at;
      if (!same) flush();
      waits.current?.cancel();
      const move: Move = {
        intentId: id,
        name,
        from: same ? pending.from : at,
        to: stepped(at, steps, clock.now()),
      };
      setMoving({ ...move, live: true });
      waits.current = {
        move,
        cancel: clock.after(SETTLE_MS, () => {
          leave.current();
        }),
      };
    },
    [flush, clock],
  );
  const show = useCallback((move: Move | null): void => {
    setMoving(move === null ? null : { ...move, live: true });
  }, []);
  const undo = useCallback((): void => {
    if (last) takeBack(last);
  }, [last, takeBack]);
  return { moving, show, commit, nudge, undo: last && undo };
}

/** So many steps on, and never into the past. */
export function stepped(at: string, steps: number, now: number): string {
  const from = parseTime(at);
  return formatTime(from + Math.max(steps, Math.floor((now - from) / STEP_MS) + 1) * STEP_MS);
}

/** The planned times of an intent as they are shown: the one that is moved where it goes. */
export function shownPlanned(
  { id, planned }: Pick<RangeIntent, 'id' | 'planned'>,
  moving: Moving | null,
): readonly (RangeIntent['planned'][number] & { readonly was: string })[] {
  return planned.map((time) => {
    const elsewhere = moving !== null && moving.intentId === id && moving.from === time.at;
    return {
      ...time,
      was: time.at,
      ...(elsewhere ? { at: moving.to, movedFrom: time.movedFrom ?? time.at } : {}),
    };
  });
}
