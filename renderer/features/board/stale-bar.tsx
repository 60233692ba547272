import { useClient, useConnection } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { useWaiting, useWaitingCount } from '../proposal/waiting-decisions.ts';
import { strings } from './strings.ts';

/** How old the board is while nobody tells of changes, and what waits to be sent. */
export function StaleBar() {
  const connection = useConnection();
  const client = useClient();
  const waiting = useWaiting();
  const count = useWaitingCount();
  const now = useNow(1000);
  const lost = connection.state === 'stale' || connection.state === 'offline';
  if (!lost && count === 0) return null;
  const waits = count === 0 ? undefined : strings.waiting(count);
  return (
    <div className="px-12 pb-4">
      <ErrorBar
        kind="stale"
        message={lost ? strings.lost(formatDuration(now - connection.since)) : strings.waiting(count)}
        hint={lost ? (waits ?? strings.lostHint) : strings.waitingHint}
        onRetry={lost ? client.retry : undefined}
        actions={
          count === 0 ? null : (
            <Button
              size="small"
              variant="ghost"
              onClick={() => {
                waiting.discard();
              }}
            >
              {strings.discard(count)}
            </Button>
          )
        }
      />
    </div>
  );
}
