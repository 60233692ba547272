import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { strings } from './strings.ts';

type Alert = OutputOf<'alert.list'>[number];

/** Told of accounts and money, which one page explains. */
const ofAccounts: ReadonlySet<Alert['kind']> = new Set(['budget_near', 'budget_spent', 'account_refused']);

/** Told of going back to a backup, with the list of them. */
const ofBackups: ReadonlySet<Alert['kind']> = new Set(['restored', 'not_restored']);

/** One alert, until the owner has taken note of it; only what happens after raises it again. */
export function AlertBar({ alert }: { alert: Alert }) {
  const router = useRouter();
  const { busy, failure, send } = useForm();
  return (
    <ErrorBar
      kind={alert.kind === 'restored' ? 'stale' : 'error'}
      message={alert.message}
      hint={failure ? `${alert.hint} ${failure.message}` : alert.hint}
      actions={
        <>
          {alert.kind === 'stuck_run' && alert.subject !== '' ? (
            <Button
              size="small"
              onClick={() => {
                router.go(to('run', { id: alert.subject }));
              }}
            >
              {strings.openRun}
            </Button>
          ) : null}
          {alert.kind === 'failures' ? (
            <Button
              size="small"
              onClick={() => {
                router.go(to('runs', {}, { show: 'failed' }));
              }}
            >
              {strings.openFailed}
            </Button>
          ) : null}
          {ofAccounts.has(alert.kind) ? (
            <Button
              size="small"
              onClick={() => {
                router.go(to('accounts', {}));
              }}
            >
              {strings.openAccounts}
            </Button>
          ) : null}
          {ofBackups.has(alert.kind) ? (
            <Button
              size="small"
              onClick={() => {
                router.go(to('settings', { section: 'backups' }));
              }}
            >
              {strings.openBackups}
            </Button>
          ) : null}
          <Button size="small" busy={busy} onClick={() => void send('alert.clear', { id: alert.id })}>
            {strings.dismiss}
          </Button>
        </>
      }
    />
  );
}
