import { Plus, Rows3, Search } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { laneChoices, type BoardLanes } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { CapNote } from './cap-note.tsx';
import { strings } from './strings.ts';

export interface BoardToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly onLeaveSearch: () => void;
  readonly lanes: BoardLanes;
  readonly onLanes: (lanes: BoardLanes) => void;
  readonly field: Ref<HTMLInputElement>;
  /** The filters and the views. */
  readonly children: ReactNode;
}

export function BoardToolbar({
  search,
  onSearch,
  onLeaveSearch,
  lanes,
  onLanes,
  field,
  children,
}: BoardToolbarProps) {
  const decisions = useDecisions();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-8 px-12 pt-8 pb-4">
      <TextField
        ref={field}
        icon={Search}
        keys="/"
        type="search"
        value={search}
        maxLength={200}
        onValueChange={onSearch}
        aria-label={strings.filter}
        placeholder={strings.filterPlaceholder}
        className="max-w-[240px] min-w-[140px] flex-1"
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Escape') onSearch('');
            onLeaveSearch();
          }
        }}
      />
      {children}
      <Menu
        entries={laneChoices.map((each) => ({
          id: each,
          label: labels.boardLanes[each],
          checked: each === lanes,
          onSelect: () => {
            onLanes(each);
          },
        }))}
        trigger={
          <Button icon={Rows3} keys="w">
            {lanes === 'none' ? strings.lanes.label : strings.lanes.by(labels.boardLanes[lanes])}
          </Button>
        }
      />
      <div className="ml-auto flex items-center gap-8">
        <CapNote />
        <Button
          variant="primary"
          icon={Plus}
          keys="c"
          onClick={() => {
            decisions.create();
          }}
        >
          {strings.create}
        </Button>
      </div>
    </div>
  );
}
