import { filterFields, type BoardFilter } from '../../../preload/contract/board.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { chosenCount } from './filter-address.ts';
import { toggled } from './filter-popover.tsx';
import { useFieldValues } from './filter-words.ts';
import { strings } from './strings.ts';

export interface FilterChipsProps {
  readonly filter: BoardFilter;
  readonly project: string | undefined;
  readonly onChange: (filter: BoardFilter) => void;
  readonly onClear: () => void;
  /** Set while what is shown is kept under no name. */
  readonly onSave: (() => void) | undefined;
}

/** What is chosen, each taken back with one press. There is no such line while everything is shown. */
export function FilterChips({ filter, project, onChange, onClear, onSave }: FilterChipsProps) {
  const valuesOf = useFieldValues();
  const any = chosenCount(filter) > 0;
  const counts = useQuery(
    'proposal.counts',
    { ...filter, ...(project ? { projectId: project } : {}) },
    { enabled: any },
  ).data;
  if (!any) return null;
  return (
    <div
      role="group"
      aria-label={strings.filters.chosen}
      className="flex flex-wrap items-center gap-4 px-12 pb-4"
    >
      {filterFields.flatMap((field) =>
        (filter[field] ?? []).map((value) => {
          const label = valuesOf(field).find((each) => each.value === value)?.label ?? strings.filters.gone;
          const name = strings.filters.chip(strings.filters.fields[field], label);
          return (
            <Chip
              key={`${field} ${value}`}
              removeLabel={strings.filters.remove(name)}
              onRemove={() => {
                onChange(toggled(filter, field, value));
              }}
            >
              <span className="text-ink-3">{strings.filters.fields[field]}</span>
              <span className="max-w-[200px] truncate text-ink">{label}</span>
              {counts ? <span className="text-ink-3 tabular-nums">{counts[field][value] ?? 0}</span> : null}
            </Chip>
          );
        }),
      )}
      <Button size="small" variant="ghost" onClick={onClear}>
        {strings.filters.clear}
      </Button>
      {onSave ? (
        <Button size="small" variant="ghost" onClick={onSave}>
          {strings.views.save}
        </Button>
      ) : null}
    </div>
  );
}
