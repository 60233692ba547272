import { useScrollMemory } from '../../app/router-context.tsx';
import { useRowHeight } from '../../app/shell-context.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import type { BriefingLine } from './briefing-types.ts';
import { dayName } from './day-words.ts';
import { strings } from './strings.ts';

/** The mornings, the newest first; a dot on what was not read. */
export function BriefingList({
  briefings,
  selected,
  onSelect,
}: {
  briefings: readonly BriefingLine[];
  selected: string | undefined;
  onSelect: (day: string) => void;
}) {
  const memory = useScrollMemory('mornings');
  return (
    <VirtualList
      label={strings.list}
      items={briefings}
      itemKey={({ day }) => day}
      rowHeight={useRowHeight() + 20}
      selected={selected ?? null}
      onSelect={onSelect}
      memory={memory}
      renderRow={(line) => (
        <div className="flex flex-col px-16 py-[calc(var(--spacing-row-pad)-2px)]">
          <p className="flex items-center gap-8">
            <span className={line.open ? 'text-ink-2' : 'font-medium text-ink'}>{lineName(line)}</span>
            {line.readAt === null && !line.open ? (
              <span role="img" aria-label={strings.unread} className="size-6 rounded-full bg-accent" />
            ) : null}
          </p>
          <p className="truncate text-meta text-ink-3 tabular-nums">{lineWords(line)}</p>
        </div>
      )}
    />
  );
}

export function lineName({ day, open }: BriefingLine): string {
  return open ? strings.soFar : dayName(day);
}

function lineWords({ runs, failed, found }: BriefingLine): string {
  const words = [
    runs > 0 ? strings.runs(runs) : '',
    failed > 0 ? strings.failedRuns(failed) : '',
    found > 0 ? strings.found(found) : '',
  ].filter((word) => word !== '');
  return words.length === 0 ? strings.nothing : words.join(' · ');
}
