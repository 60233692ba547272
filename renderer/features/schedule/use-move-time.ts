import { useCallback, useEffect, useRef, useState } from 'react';
import { formatTime, parseTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { useClock } from '../../ui/clock-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Range, RangeIntent } from './calendar-types.ts';
import { shownPlanned, stepped, type Move, type Moving, type Stretch } from './planned-times.ts';
import { strings } from './strings.ts';

const words = strings.calendar;
/** Presses that follow each other within this are one move, with one undo. */
const SETTLE_MS = 700;

export interface MoveTime {
  readonly moving: Moving | null;
  /** Shows times elsewhere; null: as they were. */
  show(move: Move | null): void;
  /** Moves what is shown. */
  commit(move: Move): void;
  /** Moves the times that are shown there by so many steps, and commits when no more follow. */
  nudge(intent: RangeIntent, stretch: Stretch, steps: number): void;
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
      const { intentId, from, through, to } = move;
      setMoving({ ...move, live: false });
      const { ok } = await command('intent.moveTime', {
        id: intentId,
        from,
        to,
        ...(through === from ? {} : { through }),
      });
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
      const { name, count, from, to } = move;
      if (from === to) setMoving(null);
      else
        void carry(move).then((ok) => {
          if (!ok) return;
          const back = { ...move, from: to, through: throughOf(move), to: from };
          setLast(back);
          const at = when(parseTime(to));
          toast({
            text: count > 1 ? words.movedMany(name, count, at) : words.movedTo(name, at),
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
    (intent: RangeIntent, { at, until }: Stretch, steps: number): void => {
      const pending = waits.current?.move;
      const same = pending !== undefined && pending.intentId === intent.id && pending.to === at;
      if (!same) flush();
      const planned = shownPlanned(intent, moving);
      const to = stepped({ at, until }, steps, clock.now(), planned);
      if (to === at) {
        toast({ text: words.noRoom });
        return;
      }
      waits.current?.cancel();
      const count = planned.filter((time) => time.at >= at && time.at <= until).length;
      const move: Move = same
        ? { ...pending, to }
        : { intentId: intent.id, name: intent.name, from: at, through: until, to, count };
      setMoving({ ...move, live: true });
      waits.current = {
        move,
        cancel: clock.after(SETTLE_MS, () => {
          leave.current();
        }),
      };
    },
    [flush, clock, moving, toast],
  );
  const show = useCallback((move: Move | null): void => {
    setMoving(move === null ? null : { ...move, live: true });
  }, []);
  const undo = useCallback((): void => {
    if (last) takeBack(last);
  }, [last, takeBack]);
  return { moving, show, commit, nudge, undo: last && undo };
}

/** Where the last of them stands when they have moved. */
function throughOf({ from, through, to }: Move): string {
  return formatTime(parseTime(through) + parseTime(to) - parseTime(from));
}
