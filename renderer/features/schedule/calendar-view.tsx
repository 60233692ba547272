import { CalendarClock, ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useEntryState, useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { addDays, mondayOf } from './calendar-axis.ts';
import { CalendarGrid } from './calendar-grid.tsx';
import { CalendarLegend } from './calendar-legend.tsx';
import { CalendarLoading } from './calendar-loading.tsx';
import { lanesOf } from './calendar-lanes.ts';
import { strings } from './strings.ts';
import { useCalendarActions } from './use-calendar-actions.ts';
import { useIntentCommands } from './use-intent-commands.ts';
import { useMoveTime } from './use-move-time.ts';
import { whenIn } from './when-in.ts';

const words = strings.calendar;
const dayWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export interface CalendarViewProps {
  readonly span: 'day' | 'week';
  /** The choice between list and calendars. */
  readonly modes: ReactNode;
  readonly create: ReactNode;
}

/** One day or one week of the owner's calendar: what is planned, what ran, what was missed, and which accounts can take no turn. */
export function CalendarView({ span, modes, create }: CalendarViewProps) {
  const router = useRouter();
  const { project } = useShellState();
  const [chosen, setDate] = useSearchValue('date');
  const [selected, setSelected] = useEntryState<string | null>('calendar', null);
  const date = /^\d{4}-\d\d-\d\d$/u.test(chosen) ? chosen : undefined;
  const days = span === 'day' ? 1 : 7;
  const of = project === undefined ? {} : { projectId: project };
  // Which day it is now in the owner's zone only the runtime knows.
  const first = useQuery('schedule.range', { days: 1, ...of }, { enabled: date === undefined });
  const today = first.data?.today;
  const anchor = date ?? today;
  const begin = anchor === undefined ? undefined : span === 'week' ? mondayOf(anchor) : anchor;
  const { data, failure, pending, reread } = useQuery(
    'schedule.range',
    { days, ...(begin === undefined ? {} : { date: begin }), ...of },
    { every: 5_000, enabled: begin !== undefined },
  );
  const wrong = failure ?? (begin === undefined ? first.failure : undefined);
  const { runNow } = useIntentCommands();
  const zone = data?.zone;
  const when = useMemo(() => whenIn(zone), [zone]);
  const moveTime = useMoveTime(data, when);
  const rows = useMemo(() => (data ? lanesOf(data).flatMap(({ intents }) => intents) : []), [data]);
  const row = rows.find(({ id }) => id === selected);
  const step = (by: number): void => {
    const at = rows.findIndex(({ id }) => id === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (!next) return;
    // What had the focus belongs to the row that was left.
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest('[data-intent]'))
      document.activeElement.blur();
    setSelected(next.id);
    document.querySelector(`[data-intent="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const move = (by: number): void => {
    if (begin !== undefined) setDate(addDays(begin, by * days));
  };
  useCalendarActions({
    span,
    row,
    today: () => {
      setDate('');
    },
    turn: move,
    step,
    open: (id) => {
      router.go(to('intent', { id }));
    },
    edit: (id) => {
      router.go(to('intent', { id }, { edit: '1' }));
    },
    run: runNow,
    move: moveTime,
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarActions>{rows.length === 0 ? null : create}</TitleBarActions>
      <div className="flex flex-wrap items-center gap-8 px-12 py-8">
        <IconButton
          icon={ChevronLeft}
          label={words.back[span]}
          keys="ArrowLeft"
          onClick={() => {
            move(-1);
          }}
        />
        <IconButton
          icon={ChevronRight}
          label={words.on[span]}
          keys="ArrowRight"
          onClick={() => {
            move(1);
          }}
        />
        <Button
          size="small"
          keys="t"
          onClick={() => {
            setDate('');
          }}
        >
          {words.goToday}
        </Button>
        <h2 className="min-w-0 flex-1 truncate text-body font-medium text-ink">
          {/* Dates and zones read from left to right, also where the page does not. */}
          <bdi>
            {begin === undefined
              ? wrong
                ? null
                : words.loading
              : span === 'day'
                ? dayWords.format(noon(begin))
                : weekWords(begin)}
            {data ? <span className="font-regular text-ink-3"> · {data.zone}</span> : null}
          </bdi>
        </h2>
        {modes}
      </div>
      {data && data.left > 0 ? (
        <p className="px-12 pb-8 text-meta text-ink-2">{words.left(data.left)}</p>
      ) : null}
      {data === undefined && !wrong ? (
        <CalendarLoading from={begin} days={days} />
      ) : (
        <ReadState
          query={{
            data,
            failure: wrong,
            pending: begin === undefined ? first.pending : pending,
            reread: begin === undefined ? first.reread : reread,
          }}
          failed={data ? strings.stale : strings.failure}
          barClassName="px-12 pb-8"
        >
          {(range) =>
            rows.length === 0 && range.accounts.length === 0 && range.waiting.length === 0 ? (
              <EmptyState
                icon={CalendarClock}
                title={words.empty[span]}
                detail={words.emptyDetail}
                action={create}
              />
            ) : (
              <>
                <CalendarGrid
                  range={range}
                  when={when}
                  selected={selected}
                  onSelect={setSelected}
                  onRun={runNow}
                  move={moveTime}
                />
                <CalendarLegend />
              </>
            )
          }
        </ReadState>
      )}
    </div>
  );
}

function noon(date: string): number {
  return parseTime(`${date}T12:00:00.000Z`);
}

function weekWords(monday: string): string {
  const end = addDays(monday, 6);
  return `${shortDay.format(noon(monday))} – ${shortDay.format(noon(end))} ${end.slice(0, 4)}`;
}
