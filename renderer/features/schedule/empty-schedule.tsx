import { CalendarClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { starters } from './intent-draft.ts';
import type { IntentFilter } from './intent-types.ts';
import { strings } from './strings.ts';

/** A list without an intent; where there is none at all, with three rules to begin with. */
export function EmptySchedule({
  filter,
  create,
  onStart,
}: {
  readonly filter: IntentFilter;
  readonly create: ReactNode;
  readonly onStart: (starter: string) => void;
}) {
  const first = filter === 'all';
  return (
    <div className="overflow-y-auto pb-24">
      <EmptyState
        icon={CalendarClock}
        title={strings.empty[filter]}
        detail={strings.empty[`${filter}Detail`]}
        action={first ? create : undefined}
      />
      {first ? (
        <ul
          aria-label={strings.startersLabel}
          className="mx-auto -mt-16 flex max-w-[760px] flex-wrap justify-center gap-12 px-12"
        >
          {starters.map((name) => (
            <li key={name} className="flex min-w-[200px] flex-1">
              <button
                type="button"
                onClick={() => {
                  onStart(name);
                }}
                className="flex flex-1 flex-col items-start gap-2 rounded-card border border-line bg-surface p-12 text-start hover:border-control hover:bg-hover"
              >
                <span className="font-medium text-ink">{strings.starters[name][0]}</span>
                <span className="text-meta text-ink-2">{strings.starters[name][1]}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
