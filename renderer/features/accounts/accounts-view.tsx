import { CircleUserRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { useSearchValue } from '../../app/router-context.tsx';
import { TitleBarActions } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ReadList } from '../../ui/read-state.tsx';
import { AccountDetail } from './account-detail.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { LOCAL } from './account-draft.ts';
import { AccountList } from './account-list.tsx';
import { NightSection } from './night-section.tsx';
import { RemoveAccount } from './remove-account.tsx';
import { LoadingAccounts } from './loading-accounts.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { strings } from './strings.ts';
import { TodayLine } from './today-line.tsx';
import { holdOf, useAccountCommands } from './use-account-commands.ts';

/** What is open over the list, of which account. */
type Open =
  { readonly what: 'detail' | 'edit' | 'remove' | 'sign-in'; readonly id: string } | { readonly what: 'new' };

/** Who pays for turns: accounts with their windows, what today cost, and how the queue fits the night. */
export function AccountsView(_: ViewProps<'accounts'>) {
  const query = useQuery('account.list', {}, { every: 1_000 });
  const { data } = query;
  const hasLocal = data?.some(({ executor }) => executor === LOCAL) ?? false;
  const models = useQuery(
    'agent.models',
    { name: LOCAL },
    { enabled: hasLocal, watch: ['account', 'flag'], every: 30_000 },
  );
  // Which account is open is in the address, so that it can be linked to; what is asked about it is not.
  const [shown, show] = useSearchValue('account');
  const [asked, setOpen] = useState<Open | null>(null);
  const open: Open | null = asked ?? (shown === '' ? null : { what: 'detail', id: shown });
  const commands = useAccountCommands();
  const add = (): void => {
    setOpen({ what: 'new' });
  };
  const close = (): void => {
    setOpen(null);
    show('');
  };
  useActions([
    { id: 'account.add', title: strings.add, group: strings.group, scope: 'view', keys: 'n', run: add },
  ]);
  const endpoints = models.data?.endpoints ?? [];
  // As it stands now, also while it is open.
  const account = open && 'id' in open ? data?.find(({ id }) => id === open.id) : undefined;
  const button = (
    <Button variant="primary" icon={Plus} keys="n" onClick={add}>
      {strings.add}
    </Button>
  );
  return (
    <div data-scroll="accounts" className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <TitleBarActions>{data && data.length > 0 ? button : null}</TitleBarActions>
      <TodayLine />
      {data === undefined && !query.failure ? (
        <LoadingAccounts />
      ) : (
        <ReadList
          query={query}
          failed={strings.failed}
          barClassName="px-12 pb-8"
          empty={
            <EmptyState
              icon={CircleUserRound}
              title={strings.empty}
              detail={strings.emptyDetail}
              action={button}
            />
          }
        >
          {(accounts) => (
            <AccountList
              accounts={accounts}
              endpoints={endpoints}
              onOpen={({ id }) => {
                show(id);
              }}
              onEdit={({ id }) => {
                setOpen({ what: 'edit', id });
              }}
              onRemove={({ id }) => {
                setOpen({ what: 'remove', id });
              }}
              onSignIn={({ id }) => {
                setOpen({ what: 'sign-in', id });
              }}
            />
          )}
        </ReadList>
      )}
      <NightSection />
      {open?.what === 'new' ? <AccountDialog account={undefined} onClose={close} /> : null}
      {account && open?.what === 'edit' ? <AccountDialog account={account} onClose={close} /> : null}
      {account && open?.what === 'detail' ? (
        <AccountDetail
          account={account}
          endpoint={endpoints.find(({ accountId }) => accountId === account.id)}
          onClose={close}
          onEdit={() => {
            setOpen({ what: 'edit', id: account.id });
          }}
          onTest={() => void commands.test(account)}
          onHold={() => void commands.decide(account, holdOf(account))}
        />
      ) : null}
      {account && open?.what === 'sign-in' ? (
        <SignInDialog
          account={account}
          onClose={close}
          onKey={() => {
            setOpen({ what: 'edit', id: account.id });
          }}
          onDone={() => {
            void commands.decide(account, 'enable');
            close();
          }}
        />
      ) : null}
      {account && open?.what === 'remove' ? (
        <RemoveAccount label={account.label} onClose={close} onRemove={() => void commands.remove(account)} />
      ) : null}
    </div>
  );
}
