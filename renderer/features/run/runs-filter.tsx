import { ListFilter } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { runFields, type RunListField, type RunListFilter } from '../../../preload/contract/runs-shown.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { viewWords } from '../board/view-words.ts';
import { chosenFields, withToggled } from './runs-address.ts';
import { runsWords } from './runs-words.ts';

const words = runsWords.filters;

interface FilterProps {
  readonly filter: RunListFilter;
  /** The project that the whole window is bound to: nothing is left to choose there. */
  readonly project: string | undefined;
  readonly onChange: (filter: RunListFilter) => void;
}

/** Every field with its values as chips. */
export function RunsFilter({
  open,
  onOpenChange,
  ...props
}: FilterProps & { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const chosen = chosenFields(props.filter);
  return (
    <Popover
      label={words.title}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      trigger={
        <Button icon={ListFilter} keys="f">
          {words.open}
          {chosen > 0 ? <span className="text-ink-2 tabular-nums">{chosen}</span> : null}
        </Button>
      }
    >
      {open ? <Fields {...props} /> : null}
    </Popover>
  );
}

function Fields({ filter, project, onChange }: FilterProps) {
  const valuesOf = useRunFieldValues();
  return (
    <div className="-m-4 max-h-[70vh] w-[344px] max-w-[90vw] overflow-y-auto p-4">
      {runFields.map((field) => {
        const chosen: readonly string[] = filter[field] ?? [];
        const offered = field === 'project' && project !== undefined ? [] : valuesOf(field);
        return offered.length === 0 ? null : (
          <fieldset key={field} className="flex gap-8 py-6">
            <legend className="float-left w-[80px] shrink-0 pt-4 text-meta text-ink-2">
              {words.fields[field]}
            </legend>
            <div className="flex min-w-0 flex-1 flex-wrap gap-4">
              {offered.map(({ value, label }) => (
                <Chip
                  key={value}
                  pressed={chosen.includes(value)}
                  onPress={() => {
                    onChange(withToggled(filter, field, value));
                  }}
                >
                  <span className="max-w-[180px] truncate">{label}</span>
                </Chip>
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

/** What is chosen, each taken back with one press. There is no such line while everything is shown. */
export function RunsFilterChips({
  filter,
  onChange,
  onSave,
}: Pick<FilterProps, 'filter' | 'onChange'> & {
  /** Set while what is shown is kept under no name. */
  readonly onSave: (() => void) | undefined;
}) {
  const valuesOf = useRunFieldValues();
  if (chosenFields(filter) === 0) return null;
  return (
    <div role="group" aria-label={words.chosen} className="flex flex-wrap items-center gap-4 px-12 pt-8">
      {runFields.flatMap((field) =>
        (filter[field] ?? []).map((value) => {
          const label = valuesOf(field).find((each) => each.value === value)?.label ?? words.gone;
          return (
            <Chip
              key={`${field} ${value}`}
              removeLabel={words.remove(words.chip(words.fields[field], label))}
              onRemove={() => {
                onChange(withToggled(filter, field, value));
              }}
            >
              <span className="text-ink-3">{words.fields[field]}</span>
              <span className="max-w-[200px] truncate text-ink">{label}</span>
            </Chip>
          );
        }),
      )}
      <Button
        size="small"
        variant="ghost"
        onClick={() => {
          onChange(filter.search === undefined ? {} : { search: filter.search });
        }}
      >
        {words.clear}
      </Button>
      {onSave ? (
        <Button size="small" variant="ghost" onClick={onSave}>
          {viewWords.save}
        </Button>
      ) : null}
    </div>
  );
}

/** Every value of a field; projects and accounts are those there are. */
function useRunFieldValues(): (field: RunListField) => readonly { value: string; label: string }[] {
  const projects = useQuery('project.list', {}).data ?? [];
  const accounts = useQuery('account.list', {}).data ?? [];
  return (field) => {
    if (field === 'status')
      return Object.entries(labels.runStatus).map(([value, label]) => ({ value, label }));
    if (field === 'project') return projects.map(({ id, name }) => ({ value: id, label: name }));
    return accounts.map(({ id, label, executor }) => ({ value: id, label: `${label} · ${executor}` }));
  };
}
