import { useClient } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { useToast } from '../../ui/toast.tsx';
import { strings as words } from './strings.ts';

/** Opens the database once more, after its owner has made room, put a file back or taken one away. `told` stands above already. */
export function TryAgain({ first, told }: { first: boolean; told: readonly string[] }) {
  const client = useClient();
  const toast = useToast();
  const { busy, failure, send } = useForm();
  const retry = async (): Promise<void> => {
    const reply = await send('safeMode.retry', {});
    // What was found is not the same now, however it went.
    client.queries.rereadAll();
    if (!reply.ok) return;
    toast({ text: words.started });
    client.retry();
  };
  return (
    <div className="flex flex-col gap-8 pt-4">
      {failure ? (
        told.includes(failure.message) ? (
          <ErrorBar kind="stale" message={words.still} />
        ) : (
          <ErrorBar message={failure.message} hint={failure.hint} />
        )
      ) : null}
      <div>
        <Button variant={first ? 'primary' : 'secondary'} busy={busy} onClick={() => void retry()}>
          {words.retry}
        </Button>
      </div>
    </div>
  );
}
