import { Plus } from 'lucide-react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CalendarView } from './calendar-view.tsx';
import { IntentEditor } from './intent-editor.tsx';
import { IntentListView } from './intent-list-view.tsx';
import { strings } from './strings.ts';

const views = ['day', 'week', 'list'] as const;
const keys = { day: 'd', week: 'w', list: 'l' } as const;

/** What runs when: as a list, a day or a week. */
export function ScheduleView(_: ViewProps<'schedule'>) {
  const router = useRouter();
  const [search, setView] = useSearchValue('view', 'list');
  const [editing, setEditing] = useSearchValue('edit');
  const view = views.find((each) => each === search) ?? 'list';
  useActions(
    views.map((each) => ({
      id: `schedule.${each}`,
      title: strings.show(strings.views[each]),
      group: strings.group,
      scope: 'view' as const,
      keys: keys[each],
      run: () => {
        setView(each);
      },
    })),
  );
  const modes = (
    <Segmented
      label={strings.view}
      value={view}
      onValueChange={setView}
      segments={views.map((value) => ({ value, label: strings.views[value] }))}
    />
  );
  const create = (
    <Button
      variant="primary"
      icon={Plus}
      keys="c"
      onClick={() => {
        setEditing('new');
      }}
    >
      {strings.create}
    </Button>
  );
  return (
    <>
      {view === 'list' ? (
        <IntentListView modes={modes} create={create} onStart={setEditing} />
      ) : (
        <CalendarView span={view} modes={modes} create={create} />
      )}
      {editing === '' ? null : (
        <IntentEditor
          starter={editing}
          onClose={() => {
            setEditing('');
          }}
          onSaved={({ intent }) => {
            setEditing('');
            router.go(to('intent', { id: intent.id }));
          }}
        />
      )}
    </>
  );
}
