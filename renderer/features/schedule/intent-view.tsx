import { useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { useRouter, useRouterState, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
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
  const { data, failure, reread } = useQuery(
    'intent.get',
    { id },
    { watch: [`intent:${id}`, 'intent', 'run'], every: 500 },
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {failure ? (
        <div className="p-12">
          <ErrorBar
            kind={data ? 'stale' : 'error'}
            message={strings.page.failure}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={reread}
            actions={
              data ? null : (
                <Button
                  size="small"
                  onClick={() => {
                    router.go(to('schedule', {}));
                  }}
                >
                  {actions.back}
                </Button>
              )
            }
          />
        </div>
      ) : null}
      {data ? <IntentPage detail={data} /> : failure ? null : <SkeletonRows rows={8} />}
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
      keys: 'r',
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
    <div className="min-h-0 flex-1 overflow-y-auto">
      <TitleBarDetail>
        <span className="min-w-0 truncate font-strong" title={intent.name}>
          {intent.name}
        </span>
      </TitleBarDetail>
      <div className="flex max-w-[760px] flex-col px-24 pt-16 pb-48">
        <IntentHead detail={detail} />
        <IntentFacts detail={detail} />
        <IntentHistory detail={detail} />
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
