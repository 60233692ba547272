import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Plus } from 'lucide-react';
import { useDecisions } from '../proposal/decisions.ts';
import { strings } from './strings.ts';

export interface BoardToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onLeaveSearch: () => void;
  readonly goal: string;
  readonly onGoal: (goal: string) => void;
  readonly field: Ref<HTMLInputElement>;
}

export function BoardToolbar({ search, onSearch, onLeaveSearch, goal, onGoal, field }: BoardToolbarProps) {
  const decisions = useDecisions();
  const goals = useQuery('goal.list', {}).data ?? [];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-8 px-12 pt-8 pb-4">
      <TextField
        ref={field}
        icon={Search}
        keys="/"
        type="search"
        value={search}
        onValueChange={onSearch}
        aria-label={strings.filter}
        placeholder={strings.filterPlaceholder}
        className="w-[240px]"
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Escape') onSearch('');
            onLeaveSearch();
          }
        }}
      />
      {goals.length > 0 ? (
        <Select
          label={strings.goal}
          value={goal}
          placeholder={strings.allGoals}
          onValueChange={onGoal}
          className="max-w-[200px] min-w-[140px] flex-1"
          options={[
            { value: '', label: strings.allGoals },
            ...goals.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      ) : null}
      <Button
        variant="primary"
        icon={Plus}
        keys="c"
        className="ml-auto"
        onClick={() => {
          decisions.create();
        }}
      >
        {strings.create}
      </Button>
    </div>
  );
}
