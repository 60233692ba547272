import { useClient, useConnection, useOverview, useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { strings } from './strings.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Since when nothing is done: Homer is not reached, or its loop fails. Nothing while all is well. What can be done about it is offered where it works. */
export function QuickTrouble() {
  const client = useClient();
  const connection = useConnection();
  const stopped = useOverview()?.problems.find(({ since }) => since !== undefined);
  const lost = connection.state === 'stale' || connection.state === 'offline';
  if (!lost && stopped?.since === undefined) return null;
  const since = lost ? connection.since : parseTime(stopped?.since ?? '');
  return (
    <div className="p-8">
      <ErrorBar
        kind={lost ? 'stale' : 'error'}
        message={`${strings.since} ${clockTime.format(since)}.`}
        hint={lost ? strings.sinceHint : stopped?.message}
        onRetry={lost ? client.retry : undefined}
        retryLabel={strings.again}
        actions={<OfDesktop />}
      />
    </div>
  );
}

/** A page cannot start the program that serves it, nor open a folder; the desktop app does both. */
function OfDesktop() {
  const command = useCommand();
  const { data } = useQuery('host.get', {});
  if (data?.host !== 'desktop') return null;
  return (
    <span className="ms-28 flex gap-8">
      <Button size="small" onClick={() => void command('host.restart', {})}>
        {strings.restart}
      </Button>
      <Button
        size="small"
        variant="ghost"
        onClick={() => void command('host.openFolder', { folder: 'logs' })}
      >
        {strings.logs}
      </Button>
    </span>
  );
}
