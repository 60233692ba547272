import { useActions } from '../../app/actions-context.tsx';
import type { RangeIntent } from './calendar-types.ts';
import { strings } from './strings.ts';
import type { MoveTime } from './use-move-time.ts';

const words = strings.calendar;

/** The keys of the calendar. `row` is the intent that is selected. */
export function useCalendarActions(on: {
  readonly span: 'day' | 'week';
  readonly row: RangeIntent | undefined;
  readonly today: () => void;
  /** So many spans on. */
  readonly turn: (by: number) => void;
  /** So many rows on. */
  readonly step: (by: number) => void;
  readonly open: (id: string) => void;
  readonly edit: (id: string) => void;
  readonly run: (id: string) => void;
  readonly move: MoveTime;
}): void {
  const { span, row, move } = on;
  const base = { group: strings.group, scope: 'view' } as const;
  const chosen = row ? undefined : strings.actions.select;
  const fixed = row ? (row.movable && row.planned.length > 0 ? undefined : words.nothingToMove) : chosen;
  const nudge = (steps: number): void => {
    const block = row && blockOf(row.id);
    const { planned: at, until } = block?.dataset ?? {};
    if (row && at !== undefined && until !== undefined) move.nudge(row, { at, until }, steps);
  };
  useActions([
    { ...base, id: 'calendar.today', title: words.goToday, keys: 't', run: on.today },
    {
      ...base,
      id: 'calendar.back',
      title: words.back[span],
      keys: 'ArrowLeft',
      repeats: true,
      run: () => {
        on.turn(-1);
      },
    },
    {
      ...base,
      id: 'calendar.on',
      title: words.on[span],
      keys: 'ArrowRight',
      repeats: true,
      run: () => {
        on.turn(1);
      },
    },
    {
      ...base,
      id: 'intent.next',
      title: strings.actions.next,
      keys: ['j', 'ArrowDown'],
      listed: false,
      repeats: true,
      run: () => {
        on.step(1);
      },
    },
    {
      ...base,
      id: 'intent.previous',
      title: strings.actions.previous,
      keys: ['k', 'ArrowUp'],
      listed: false,
      repeats: true,
      run: () => {
        on.step(-1);
      },
    },
    {
      ...base,
      id: 'intent.open',
      title: strings.actions.open,
      keys: 'Enter',
      unavailable: chosen,
      run: () => {
        if (row) on.open(row.id);
      },
    },
    {
      ...base,
      id: 'intent.edit',
      title: strings.actions.edit,
      keys: 'e',
      unavailable: chosen,
      run: () => {
        if (row) on.edit(row.id);
      },
    },
    {
      ...base,
      id: 'intent.run',
      title: strings.actions.run,
      keys: ['Shift+Enter', 'r'],
      unavailable: chosen ?? (row?.busy ? words.busy : undefined),
      run: () => {
        if (row) on.run(row.id);
      },
    },
    {
      ...base,
      id: 'calendar.earlier',
      title: words.earlier,
      keys: 'Alt+ArrowLeft',
      repeats: true,
      unavailable: fixed,
      run: () => {
        nudge(-1);
      },
    },
    {
      ...base,
      id: 'calendar.later',
      title: words.later,
      keys: 'Alt+ArrowRight',
      repeats: true,
      unavailable: fixed,
      run: () => {
        nudge(1);
      },
    },
    ...(move.undo
      ? [{ ...base, id: 'calendar.undo', title: words.undo, keys: '$mod+z', run: move.undo }]
      : []),
  ]);
}

/** The planned block of a row that is meant: the one that has the focus, the one that is moved just now, or the first. */
function blockOf(id: string): HTMLElement | null | undefined {
  const within = document.querySelector(`[data-intent="${id}"]`);
  const focused = within?.querySelector<HTMLElement>('[data-planned]:focus');
  return (
    focused ??
    within?.querySelector<HTMLElement>('[data-moving]') ??
    within?.querySelector<HTMLElement>('[data-planned]')
  );
}
