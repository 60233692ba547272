import { useActions } from '../../app/actions-context.tsx';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useToast } from '../../ui/toast.tsx';
import { retryWhen } from './retry-words.ts';
import type { RunDetail } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.retry;
type Retry = NonNullable<RunDetail['retry']>;

/** "Tries again in 4 min (attempt 2 of 3)", kept true by the shared clock. */
export function RetryTitle({ retry }: { retry: Retry }) {
  const now = useNow(1_000);
  return words.title(retryWhen(retry.notBefore, now), retry.attempt, retry.of);
}

/** The retry that waits for its time: started now or given up, from the run that waits or from one it follows. */
export function WaitingRetry({ detail, retry }: { detail: RunDetail; retry: Retry }) {
  const { touch } = useClient();
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const { id } = detail.run;
  const itself = retry.runId === id;
  const decide = (name: 'run.retryNow' | 'run.cancelRetry', done: string): void => {
    if (busy) return;
    void send(name, { id }).then((reply) => {
      if (!reply.ok) return;
      touch('run', retry.runId);
      toast({ text: done });
    });
  };
  const now = (): void => {
    decide('run.retryNow', words.endedNow);
  };
  const cancel = (): void => {
    decide('run.cancelRetry', words.endedCancelled);
  };
  const base = { group: strings.group, scope: 'view' } as const;
  useActions([
    { ...base, id: 'run.retry-now', title: strings.actions.retryNow, keys: 'y', run: now },
    { ...base, id: 'run.cancel-retry', title: strings.actions.cancelRetry, keys: 'Shift+y', run: cancel },
  ]);
  return (
    <div className="flex flex-col gap-8">
      {itself ? (
        <p>{words.detail}</p>
      ) : (
        <p>
          <span className="text-ink">
            <RetryTitle retry={retry} />.
          </span>{' '}
          {words.follows}{' '}
          <Link location={to('run', { id: retry.runId })} className="font-medium text-accent-text underline">
            #{retry.number}
          </Link>
          .
        </p>
      )}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div className="flex flex-wrap gap-8">
        <Button size="small" keys="y" busy={busy} onClick={now}>
          {strings.actions.retryNow}
        </Button>
        <Button size="small" variant="ghost" keys="Shift+y" onClick={cancel}>
          {strings.actions.cancelRetry}
        </Button>
      </div>
    </div>
  );
}
