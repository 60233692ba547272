import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Mono } from '../../ui/mono.tsx';
import type { AccountShown } from './account-row.tsx';
import { strings } from './strings.ts';

const words = strings.signInDialog;

/** How an account that the provider refused is signed in again. Homer never sees a password: its program does that, or a new key. */
export function SignInDialog({
  account,
  onClose,
  onKey,
  onDone,
}: {
  readonly account: AccountShown;
  readonly onClose: () => void;
  readonly onKey: () => void;
  readonly onDone: () => void;
}) {
  const executor = useQuery('executor.list', {}).data?.find(({ name }) => name === account.executor);
  const byKey = account.kind === 'key';
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title(account.label)}
      description={byKey ? words.key : (executor?.signIn ?? '') || words.unknown}
      footer={
        <>
          <Button onClick={onClose}>{words.close}</Button>
          {byKey ? <Button onClick={onDone}>{words.done}</Button> : null}
          <Button variant="primary" onClick={byKey ? onKey : onDone}>
            {byKey ? words.giveKey : words.done}
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-16 gap-y-6">
        {account.error === null ? null : (
          <>
            <dt className="text-ink-3">{words.said}</dt>
            <dd className="wrap-anywhere">{account.error}</dd>
          </>
        )}
        {account.home === null ? null : (
          <>
            <dt className="text-ink-3">{words.folder}</dt>
            <dd className="min-w-0 wrap-anywhere">
              <Mono>{account.home}</Mono>
            </dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
