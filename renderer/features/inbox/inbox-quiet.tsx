import { Inbox as InboxIcon } from 'lucide-react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useOverview } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';

/** Nothing waits: what goes on meanwhile, and when the next thing is due. */
export function InboxQuiet() {
  const router = useRouter();
  const overview = useOverview();
  return (
    <EmptyState
      icon={InboxIcon}
      title={strings.empty}
      detail={
        overview ? (
          <>
            {strings.emptyDetail(overview.running, overview.ideas)}
            {overview.nextDueAt === null ? null : (
              <>
                {' '}
                {strings.nextDue} <Time at={overview.nextDueAt} />.
              </>
            )}
          </>
        ) : undefined
      }
      action={
        <Button
          onClick={() => {
            router.go(to('board', {}));
          }}
        >
          {strings.board}
        </Button>
      }
    />
  );
}
