import { useMemo, useState } from 'react';
import type { IntentRow } from './intent-types.ts';

interface HeldOrder {
  readonly rows: readonly IntentRow[] | undefined;
  /** Rows came, went or moved, and wait until the reader looks away or asks. */
  readonly moved: boolean;
  refresh(): void;
}

/** While the reader is `busy` with the list its rows change in place only. A new `scope` is shown at once. */
export function useHeldOrder(
  fresh: readonly IntentRow[] | undefined,
  scope: string,
  busy: boolean,
): HeldOrder {
  const [shown, setShown] = useState<{ scope: string; rows: readonly IntentRow[] }>();
  const held = shown?.scope === scope ? shown.rows : undefined;
  const moved = useMemo(
    () => held !== undefined && fresh !== undefined && !sameOrder(held, fresh),
    [held, fresh],
  );
  const hold = busy && moved;
  if (fresh && !hold && held !== fresh) setShown({ scope, rows: fresh });
  const rows = useMemo(() => {
    if (!hold || !held || !fresh) return fresh;
    const known = new Map(fresh.map((row) => [row.id, row]));
    return held.map((row) => known.get(row.id) ?? row);
  }, [hold, held, fresh]);
  return {
    rows,
    moved: hold,
    refresh: () => {
      if (fresh) setShown({ scope, rows: fresh });
    },
  };
}

function sameOrder(a: readonly IntentRow[], b: readonly IntentRow[]): boolean {
  return a.length === b.length && a.every((row, index) => row.id === b[index]?.id);
}
