import { CircleUserRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { TitleBarActions } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useToast } from '../../ui/toast.tsx';
import { LOCAL } from './account-draft.ts';
import { AccountDialog } from './account-dialog.tsx';
import { AccountRow, type AccountShown } from './account-row.tsx';
import { NightTimeline } from './night-timeline.tsx';
import { strings } from './strings.ts';
import { TodayLine } from './today-line.tsx';

/** Who pays for turns: accounts with their windows, what today cost, and how the queue fits the night. */
export function AccountsView(_: ViewProps<'accounts'>) {
  const { data, failure, reread } = useQuery('account.list', {}, { every: 1_000 });
  const plan = useQuery('account.plan', {}, { every: 5_000 });
  const hasLocal = data?.some(({ executor }) => executor === LOCAL) ?? false;
  const models = useQuery(
    'agent.models',
    { name: LOCAL },
    { enabled: hasLocal, watch: ['account', 'flag'], every: 30_000 },
  );
  const [editing, setEditing] = useState<AccountShown | 'new' | null>(null);
  const [removing, setRemoving] = useState<AccountShown | null>(null);
  const run = useCommand();
  const toast = useToast();
  const add = (): void => {
    setEditing('new');
  };
  useActions([
    { id: 'account.add', title: strings.add, group: strings.group, scope: 'view', keys: 'n', run: add },
  ]);
  const test = async ({ id, label }: AccountShown): Promise<void> => {
    const reply = await run('account.test', { id });
    if (!reply.ok) return;
    const wrong = reply.value.checks.find(({ ok }) => !ok);
    toast({ text: wrong ? strings.refused(label, wrong.detail) : strings.tested(label) });
  };
  const entriesOf = (account: AccountShown): MenuEntry[] => {
    const { id, version, status } = account;
    const decide = (action: 'enable' | 'disable' | 'reset', title: string): MenuEntry => ({
      id: action,
      label: title,
      onSelect: () => void run('account.decide', { id, version, action }),
    });
    return [
      {
        id: 'edit',
        label: strings.edit,
        onSelect: () => {
          setEditing(account);
        },
      },
      { id: 'test', label: strings.test, onSelect: () => void test(account) },
      ...(status === 'rate_limited' ? [decide('reset', strings.reset)] : []),
      status === 'disabled' || status === 'error'
        ? decide('enable', strings.enable)
        : decide('disable', strings.disable),
      'separator',
      {
        id: 'remove',
        label: strings.remove,
        danger: true,
        onSelect: () => {
          setRemoving(account);
        },
      },
    ];
  };
  const button = (
    <Button variant="primary" icon={Plus} keys="n" onClick={add}>
      {strings.add}
    </Button>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <TitleBarActions>{data && data.length > 0 ? button : null}</TitleBarActions>
      <TodayLine />
      {failure ? (
        <div className="px-12 pb-8">
          <ErrorBar
            kind={data ? 'stale' : 'error'}
            message={strings.failed}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={reread}
          />
        </div>
      ) : null}
      {!data && !failure ? <SkeletonRows rows={4} label={strings.loading} /> : null}
      {data?.length === 0 ? (
        <EmptyState
          icon={CircleUserRound}
          title={strings.empty}
          detail={strings.emptyDetail}
          action={button}
        />
      ) : null}
      {data && data.length > 0 ? (
        <ul aria-label={strings.heading} className="flex flex-col border-t border-line">
          {data.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              entries={entriesOf(account)}
              endpoint={models.data?.endpoints.find(({ accountId }) => accountId === account.id)}
            />
          ))}
        </ul>
      ) : null}
      {plan.data ? (
        <section className="flex flex-col border-t border-line">
          <h2 className="flex items-baseline gap-8 px-12 py-12 text-title text-ink">
            {strings.plan}
            <span className="text-meta font-regular text-ink-2">
              {strings.planSummary(plan.data.fits.length, plan.data.leftOut.length, plan.data.zone)}
            </span>
          </h2>
          <NightTimeline plan={plan.data} />
        </section>
      ) : plan.failure ? (
        <div className="p-12">
          <ErrorBar message={strings.planFailed} hint={plan.failure.message} onRetry={plan.reread} />
        </div>
      ) : null}
      {editing === null ? null : (
        <AccountDialog
          account={editing === 'new' ? undefined : editing}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
      {removing === null ? null : (
        <Dialog
          open
          title={strings.removeTitle(removing.label)}
          onOpenChange={() => {
            setRemoving(null);
          }}
          footer={
            <>
              <Button
                onClick={() => {
                  setRemoving(null);
                }}
              >
                {strings.dialog.cancel}
              </Button>
              <Button
                variant="danger"
                onClick={() => {
                  void run('account.remove', { id: removing.id, version: removing.version });
                  setRemoving(null);
                }}
              >
                {strings.remove}
              </Button>
            </>
          }
        >
          <p className="text-body text-ink-2">{strings.removeDetail}</p>
        </Dialog>
      )}
    </div>
  );
}
