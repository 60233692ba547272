import { useActions } from '../../app/actions-context.tsx';
import { useSearchValue } from '../../app/router-context.tsx';
import { useShellState } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Onboarding } from '../onboarding/onboarding.tsx';
import { DoneList } from './done-list.tsx';
import { SnoozedList } from './snoozed-list.tsx';
import { strings } from './strings.ts';
import { WaitingInbox } from './waiting-inbox.tsx';

export function InboxView(_: ViewProps<'inbox'>) {
  const overview = useOverview();
  return overview?.projects === 0 && overview.proposals === 0 ? <Onboarding /> : <Lists />;
}

const lists = ['waiting', 'snoozed', 'done'] as const;

/** What waits, what was snoozed, and what was decided; `v` goes through them. */
function Lists() {
  const [chosen, choose] = useSearchValue('list', 'waiting');
  const { project, connection } = useShellState();
  const { data } = useQuery('inbox.list', project ? { projectId: project } : {});
  const list = lists.find((each) => each === chosen) ?? 'waiting';
  const counts = { waiting: data?.total ?? 0, snoozed: data?.snoozed ?? 0, done: 0 };
  useActions([
    {
      id: 'inbox.list',
      title: strings.showNext,
      group: strings.group,
      scope: 'view',
      keys: 'v',
      run: () => {
        choose(lists[(lists.indexOf(list) + 1) % lists.length] ?? 'waiting');
      },
    },
  ]);
  return (
    <>
      <div className="flex shrink-0 items-center gap-12 border-b border-line px-16 py-8">
        <Segmented
          label={strings.which}
          value={list}
          onValueChange={choose}
          segments={lists.map((value) => ({
            value,
            label:
              counts[value] > 0 ? `${strings.lists[value]} ${String(counts[value])}` : strings.lists[value],
          }))}
        />
        {data && connection.state === 'connecting' ? (
          <span className="text-meta text-ink-3">{strings.checking}</span>
        ) : null}
      </div>
      {list === 'waiting' ? <WaitingInbox /> : list === 'snoozed' ? <SnoozedList /> : <DoneList />}
    </>
  );
}
