import { ArrowDown, ArrowUp, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { cx } from '../../ui/cx.ts';
import { strings } from './strings.ts';
import type { TimelineCounts } from './timeline-counts.ts';
import { timelineFilters, type TimelineFilter } from './timeline-rows.ts';

const words = strings.timeline;
export const lenses = ['outline', 'waterfall', 'raw'] as const;
export type Lens = (typeof lenses)[number];

export interface TimelineToolbarProps {
  readonly hidden: boolean;
  readonly lens: Lens;
  readonly onLens: (lens: Lens) => void;
  readonly filters: ReadonlySet<TimelineFilter>;
  readonly onFilters: (filters: ReadonlySet<TimelineFilter>) => void;
  readonly counts: TimelineCounts;
  /** Earlier events have not been read: there may be more errors. */
  readonly partial: boolean;
  readonly onJump: (direction: 1 | -1) => void;
  readonly onFind: () => void;
  /** The find box while it is open, in the place of the button that opens it. */
  readonly find: ReactNode;
}

export function TimelineToolbar({
  hidden,
  lens,
  onLens,
  filters,
  onFilters,
  counts,
  partial,
  onJump,
  onFind,
  find,
}: TimelineToolbarProps) {
  return (
    <div
      hidden={hidden}
      className="flex shrink-0 flex-wrap items-center gap-x-8 gap-y-6 border-b border-line px-12 py-6 [[hidden]]:hidden"
    >
      <Segmented<Lens>
        label={words.lens}
        value={lens}
        onValueChange={onLens}
        segments={lenses.map((value) => ({ value, label: words.lenses[value] }))}
      />
      {lens === 'raw' ? null : (
        <div role="group" aria-label={words.filter} className="flex flex-wrap items-center gap-4">
          {timelineFilters.map((filter) =>
            counts[filter] === 0 && !filters.has(filter) ? null : (
              <Chip
                key={filter}
                pressed={filters.has(filter)}
                onPress={() => {
                  const next = new Set(filters);
                  if (!next.delete(filter)) next.add(filter);
                  onFilters(next);
                }}
              >
                {words.filters[filter]}
                {/* How many there are is known once all was read; that something failed, before. */}
                {partial && filter !== 'errors' ? null : (
                  <span
                    className={cx(
                      'tabular-nums',
                      filter === 'errors'
                        ? 'font-medium text-danger-text'
                        : 'hidden text-ink-3 @[720px]/panel:inline',
                    )}
                  >
                    {counts[filter].toLocaleString('en')}
                    {partial ? '+' : ''}
                  </span>
                )}
              </Chip>
            ),
          )}
        </div>
      )}
      <div className="ms-auto flex items-center gap-4">
        {find ?? <IconButton icon={Search} size="small" label={words.find} keys="$mod+f" onClick={onFind} />}
        {counts.errors > 0 && !find ? (
          <>
            <span className="hidden @[720px]/panel:contents">
              <IconButton
                icon={ArrowUp}
                size="small"
                label={words.previousError}
                keys="Shift+n"
                onClick={() => {
                  onJump(-1);
                }}
              />
            </span>
            <IconButton
              icon={ArrowDown}
              size="small"
              label={words.nextError}
              keys="n"
              onClick={() => {
                onJump(1);
              }}
            />
          </>
        ) : null}
      </div>
    </div>
  );
}
