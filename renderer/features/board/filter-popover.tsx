import { ListFilter } from 'lucide-react';
import { filterFields, type BoardField, type BoardFilter } from '../../../preload/contract/board.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { chosenCount } from './filter-address.ts';
import { useFieldValues } from './filter-words.ts';
import { strings } from './strings.ts';

export interface FilterPopoverProps {
  readonly filter: BoardFilter;
  readonly project: string | undefined;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onChange: (filter: BoardFilter) => void;
}

/** Every field with its values as chips; each says how many proposals it would show with what is chosen in the other fields. */
export function FilterPopover({ filter, project, open, onOpenChange, onChange }: FilterPopoverProps) {
  const chosen = chosenCount(filter);
  return (
    <Popover
      label={strings.filters.title}
      open={open}
      onOpenChange={onOpenChange}
      trigger={
        <Button icon={ListFilter} keys="f">
          {strings.filters.open}
          {chosen > 0 ? <span className="text-ink-2 tabular-nums">{chosen}</span> : null}
        </Button>
      }
    >
      {open ? <Fields filter={filter} project={project} onChange={onChange} /> : null}
    </Popover>
  );
}

function Fields({ filter, project, onChange }: Pick<FilterPopoverProps, 'filter' | 'project' | 'onChange'>) {
  const valuesOf = useFieldValues();
  const counts = useQuery('proposal.counts', { ...filter, ...(project ? { projectId: project } : {}) }).data;
  const toggle = (field: BoardField, value: string): void => {
    onChange(toggled(filter, field, value));
  };
  return (
    <div className="-m-4 max-h-[70vh] w-[344px] max-w-[90vw] overflow-y-auto p-4">
      {filterFields.map((field) => {
        const chosen: readonly string[] = filter[field] ?? [];
        const offered = valuesOf(field).filter(
          ({ value }) => chosen.includes(value) || counts === undefined || (counts[field][value] ?? 0) > 0,
        );
        return offered.length === 0 ? null : (
          <fieldset key={field} className="flex gap-8 py-6">
            <legend className="float-left w-[80px] shrink-0 pt-4 text-meta text-ink-2">
              {strings.filters.fields[field]}
            </legend>
            <div className="flex min-w-0 flex-1 flex-wrap gap-4">
              {offered.map(({ value, label }) => (
                <Chip
                  key={value}
                  pressed={chosen.includes(value)}
                  onPress={() => {
                    toggle(field, value);
                  }}
                >
                  <span className="max-w-[180px] truncate">{label}</span>
                  <span className="text-ink-3 tabular-nums">
                    {counts ? (counts[field][value] ?? 0) : '–'}
                  </span>
                </Chip>
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

export function toggled(filter: BoardFilter, field: BoardField, value: string): BoardFilter {
  const chosen: readonly string[] = filter[field] ?? [];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { ...filter, [field]: next.length > 0 ? next : undefined };
}
