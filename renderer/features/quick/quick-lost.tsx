import { useClient, useConnection } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { strings } from './strings.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Since when the runtime is not reached; nothing while it is. */
export function QuickLost() {
  const client = useClient();
  const connection = useConnection();
  if (connection.state !== 'stale' && connection.state !== 'offline') return null;
  return (
    <div className="p-8">
      <ErrorBar
        kind="stale"
        message={`${strings.since} ${clockTime.format(connection.since)}.`}
        hint={strings.sinceHint}
        onRetry={client.retry}
      />
    </div>
  );
}
