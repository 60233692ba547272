import { useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { useRouter, useRouterState, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { IntentEditor } from './intent-editor.tsx';
import { IntentFacts } from './intent-facts.tsx';
import { IntentHead } from './intent-head.tsx';
import { IntentHistory } from './intent-history.tsx';
import type { IntentDetail } from './intent-types.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { strings } from './strings.ts';
import { useIntentCommands } from './use-intent-commands.ts';

const { actions } = strings;

export function IntentView({ location }: ViewProps<'intent'>) {
  const { id } = location.params;
  const router = useRouter();
  const query = useQuery('intent.get', { id }, { watch: [`intent:${id}`, 'intent', 'run'], every: 500 });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ReadState query={query} failed={strings.page.failure} rows={8}>
        {(detail) => <IntentPage detail={detail} />}
      </ReadState>
      {query.data === undefined && query.failure ? (
        <div className="px-12">
          <Button
            onClick={() => {
              router.go(to('schedule', {}));
            }}
          >
            {actions.back}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function IntentPage({ detail }: { detail: IntentDetail }) {
  const { intent, possible } = detail;
  const router = useRouter();
  const { canGoBack } = useRouterState();
  const [editing, setEditing] = useSearchValue('edit');
  const [removing, setRemoving] = useState(false);
  const { enable, runNow } = useIntentCommands();
  usePageTitle(intent.name);
  const may = (...names: IntentDetail['possible']): boolean => names.some((name) => possible.includes(name));
  const base = { group: strings.group, scope: 'view' } as const;
  const list: Action[] = [
    {
      ...base,
      id: 'intent.run',
      title: actions.run,
      keys: ['Shift+Enter', 'r'],
      unavailable: may('run_now')
        ? undefined
        : detail.activeRun
          ? actions.busy(detail.activeRun.number)
          : actions.over,
      run: () => {
        runNow(intent.id);
      },
    },
    {
      ...base,
      id: 'intent.pause',
      title: intent.enabled ? actions.pause : actions.resume,
      keys: 'p',
      unavailable: may('enable', 'disable') ? undefined : actions.over,
      run: () => {
        enable(intent, !intent.enabled);
      },
    },
    {
      ...base,
      id: 'intent.edit',
      title: actions.edit,
      keys: 'e',
      unavailable: may('edit') ? undefined : actions.over,
      run: () => {
        setEditing('1');
      },
    },
    {
      ...base,
      id: 'intent.delete',
      title: may('delete') ? actions.delete : actions.end,
      unavailable: may('delete', 'cancel') ? undefined : actions.over,
      run: () => {
        setRemoving(true);
      },
    },
    {
      ...base,
      id: 'intent.back',
      title: actions.back,
      keys: 'Escape',
      run: () => {
        if (canGoBack) router.back();
        else router.go(to('schedule', {}));
      },
    },
  ];
  useActions(list);
  return (
    <div data-scroll="intent" className="min-h-0 flex-1 overflow-y-auto">
      <TitleBarDetail>
        <span className="min-w-0 truncate font-strong" title={intent.name}>
          {intent.name}
        </span>
      </TitleBarDetail>
      <div className="@container/intent px-24 pt-16 pb-48">
        <IntentHead detail={detail} />
        <div className="grid grid-cols-1 gap-x-32 @[960px]/intent:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="min-w-0">
            <IntentFacts detail={detail} />
          </div>
          <div className="min-w-0">
            <IntentHistory
              detail={detail}
              onRun={
                may('run_now')
                  ? () => {
                      runNow(intent.id);
                    }
                  : undefined
              }
            />
          </div>
        </div>
      </div>
      {editing !== '' && may('edit') ? (
        <IntentEditor
          intent={intent}
          onClose={() => {
            setEditing('');
          }}
          onSaved={() => {
            setEditing('');
          }}
        />
      ) : null}
      <RemoveDialog
        detail={detail}
        open={removing}
        onClose={() => {
          setRemoving(false);
        }}
      />
    </div>
  );
}
