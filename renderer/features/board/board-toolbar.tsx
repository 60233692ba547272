import { Plus, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { laneChoices, type BoardLanes } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { CapNote } from './cap-note.tsx';
import { strings } from './strings.ts';

export interface BoardToolbarProps {
  readonly lanes: BoardLanes;
  readonly onLanes: (lanes: BoardLanes) => void;
  /** The search, the filters and the views. */
  readonly children: ReactNode;
}

export function BoardToolbar({ lanes, onLanes, children }: BoardToolbarProps) {
  const decisions = useDecisions();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-8 px-12 pt-8 pb-4">
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
      <div className="ms-auto flex items-center gap-8">
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
