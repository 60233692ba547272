import { useEffect, useRef } from 'react';
import { useActions } from '../../app/actions-context.tsx';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import { useEntryState } from '../../app/router-context.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { AccountRow, type AccountShown } from './account-row.tsx';
import type { Endpoint } from './endpoint-line.tsx';
import { movedOrder } from './order-of.ts';
import { strings } from './strings.ts';
import { holdOf, useAccountCommands } from './use-account-commands.ts';

export interface AccountListProps {
  readonly accounts: readonly AccountShown[];
  readonly endpoints: readonly Endpoint[];
  readonly onOpen: (account: AccountShown) => void;
  readonly onEdit: (account: AccountShown) => void;
  readonly onRemove: (account: AccountShown) => void;
  readonly onSignIn: (account: AccountShown) => void;
}

/** Accounts by executor, in the order they are taken; one of them is the current one, which the keys act on. */
export function AccountList({ accounts, endpoints, onOpen, onEdit, onRemove, onSignIn }: AccountListProps) {
  const commands = useAccountCommands();
  const [selected, setSelected] = useEntryState<string | null>('selected', null);
  const list = useRef<HTMLUListElement>(null);
  const at = accounts.findIndex(({ id }) => id === selected);
  const current = accounts[at];
  const focus = (id: string): void => {
    list.current?.querySelector<HTMLElement>(`[data-account="${id}"] [data-name]`)?.focus();
  };
  const step = (by: number): void => {
    const next = accounts[Math.min(accounts.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (!next) return;
    setSelected(next.id);
    focus(next.id);
  };
  const move = (account: AccountShown, by: -1 | 1): void => {
    void commands.move(accounts, account, by);
  };
  const order = accounts.map(({ id }) => id).join(' ');
  useEffect(() => {
    // A row that was put elsewhere loses the focus on the way.
    if (selected !== null && document.activeElement === document.body) focus(selected);
  }, [order, selected]);

  const ends = (account: AccountShown | undefined, by: -1 | 1): string | undefined => {
    if (!account) return strings.selectFirst;
    return movedOrder(accounts, account.id, by) ? undefined : by < 0 ? strings.isFirst : strings.isLast;
  };
  const base = { group: strings.group, scope: 'view' } as const;
  usePaletteSubject(() => current?.label);
  useActions([
    {
      ...base,
      id: 'account.next',
      title: strings.next,
      keys: ['j', 'ArrowDown'],
      listed: false,
      repeats: true,
      run: () => {
        step(1);
      },
    },
    {
      ...base,
      id: 'account.previous',
      title: strings.previous,
      keys: ['k', 'ArrowUp'],
      listed: false,
      repeats: true,
      run: () => {
        step(-1);
      },
    },
    {
      ...base,
      onSelection: true,
      id: 'account.open',
      title: strings.open,
      keys: 'Enter',
      unavailable: current ? undefined : strings.selectFirst,
      run: () => {
        if (current) onOpen(current);
      },
    },
    {
      ...base,
      onSelection: true,
      id: 'account.hold',
      title: current ? strings[holdOf(current)] : strings.holdOrGo,
      keys: 'p',
      unavailable: current ? undefined : strings.selectFirst,
      run: () => {
        if (current) void commands.decide(current, holdOf(current));
      },
    },
    ...([-1, 1] as const).map((by) => ({
      ...base,
      onSelection: true,
      id: by < 0 ? 'account.up' : 'account.down',
      title: by < 0 ? strings.up : strings.down,
      keys: by < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown',
      unavailable: ends(current, by),
      run: () => {
        if (current) move(current, by);
      },
    })),
  ]);

  const entriesOf = (account: AccountShown): MenuEntry[] => {
    const { executor, status, place } = account;
    const hold = holdOf(account);
    return [
      {
        id: 'open',
        label: strings.open,
        keys: 'Enter',
        onSelect: () => {
          onOpen(account);
        },
      },
      {
        id: 'edit',
        label: strings.edit,
        onSelect: () => {
          onEdit(account);
        },
      },
      ...(status === 'error'
        ? [
            {
              id: 'signIn',
              label: strings.signIn,
              onSelect: () => {
                onSignIn(account);
              },
            },
          ]
        : []),
      { id: 'test', label: strings.test, onSelect: () => void commands.test(account) },
      ...(status === 'rate_limited'
        ? [{ id: 'reset', label: strings.reset, onSelect: () => void commands.decide(account, 'reset') }]
        : []),
      { id: hold, label: strings[hold], keys: 'p', onSelect: () => void commands.decide(account, hold) },
      'separator',
      ...([-1, 1] as const).map((by) => ({
        id: by < 0 ? 'up' : 'down',
        label: by < 0 ? strings.up : strings.down,
        keys: by < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown',
        unavailable: ends(account, by),
        onSelect: () => {
          move(account, by);
        },
      })),
      ...(place === null
        ? []
        : [{ id: 'unorder', label: strings.unorder, onSelect: () => void commands.unorder(executor) }]),
      'separator',
      {
        id: 'remove',
        label: strings.remove,
        danger: true,
        onSelect: () => {
          onRemove(account);
        },
      },
    ];
  };
  return (
    <ul ref={list} aria-label={strings.heading} className="flex flex-col border-t border-line">
      {accounts.map((account, index) => (
        <AccountRow
          key={account.id}
          account={account}
          current={account.id === selected}
          // One row is reached by Tab, the others from there.
          reachable={index === Math.max(0, at)}
          entries={entriesOf(account)}
          endpoint={endpoints.find(({ accountId }) => accountId === account.id)}
          onSelect={() => {
            setSelected(account.id);
          }}
          onOpen={() => {
            onOpen(account);
          }}
          onSignIn={() => {
            onSignIn(account);
          }}
        />
      ))}
    </ul>
  );
}
