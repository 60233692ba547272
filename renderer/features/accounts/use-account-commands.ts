import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { movedOrder, withAccounts } from './order-of.ts';
import { strings } from './strings.ts';

type Account = OutputOf<'account.list'>[number];
export type Decision = 'enable' | 'disable' | 'reset';

/** What can be done with an account. What it came to is shown at once; the list itself is read again a moment later. */
export function useAccountCommands() {
  const { queries } = useClient();
  const run = useCommand();
  const toast = useToast();
  const put = (executor: string, change: (own: readonly Account[]) => readonly Account[]): void => {
    const known = queries.snapshot('account.list', {}).data;
    if (!known) return;
    const own = known.filter((account) => account.executor === executor);
    queries.put('account.list', {}, withAccounts(known, executor, change(own)));
  };
  const order = async (executor: string, ids: string[]): Promise<void> => {
    const reply = await run('account.order', { executor, ids });
    if (reply.ok) put(executor, () => reply.value);
  };
  return {
    async decide({ id, version, executor }: Account, action: Decision): Promise<void> {
      const reply = await run('account.decide', { id, version, action });
      if (reply.ok) put(executor, (own) => own.map((it) => (it.id === id ? reply.value : it)));
    },
    async move(all: readonly Account[], { id, executor }: Account, by: -1 | 1): Promise<void> {
      const ids = movedOrder(all, id, by);
      if (ids) await order(executor, ids);
    },
    unorder: (executor: string) => order(executor, []),
    async test({ id, label }: Account): Promise<void> {
      const reply = await run('account.test', { id });
      if (!reply.ok) return;
      const wrong = reply.value.checks.find(({ ok }) => !ok);
      toast({ text: wrong ? strings.refused(label, wrong.detail) : strings.tested(label) });
    },
    remove: ({ id, version }: Account) => run('account.remove', { id, version }),
  };
}

/** P holds an account, or lets one that is held or in error go on. */
export function holdOf({ status }: Pick<Account, 'status'>): 'enable' | 'disable' {
  return status === 'disabled' || status === 'error' ? 'enable' : 'disable';
}
