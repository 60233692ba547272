import { CloudOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const words = strings.notRead;

/** A view that nobody could send: it opens by itself when Homer answers again. */
export function ViewNotRead({ onRetry }: { readonly onRetry: () => void }) {
  const { connection } = useShellState();
  const live = connection.state === 'live';
  // What could not be read while all is well will not be read by trying at once: a newer Homer has other files.
  const wasLive = useRef(live);
  useEffect(() => {
    if (live && !wasLive.current) onRetry();
    wasLive.current = live;
  }, [live, onRetry]);
  return (
    <div role="alert">
      <EmptyState
        icon={CloudOff}
        title={live ? words.title : words.away}
        detail={live ? words.hint : words.awayHint}
        action={
          <div className="flex gap-8">
            <Button onClick={onRetry}>{strings.failure.retry}</Button>
            {live ? (
              <Button
                variant="primary"
                onClick={() => {
                  window.location.reload();
                }}
              >
                {strings.failure.reload}
              </Button>
            ) : null}
          </div>
        }
      />
    </div>
  );
}
