import { Inbox } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorBar } from '../ui/error-bar.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';

export function States() {
  return (
    <div className="flex w-full flex-col gap-12">
      <ErrorBar
        message="The repository could not be read."
        hint="Check that the folder still exists."
        onRetry={() => undefined}
      />
      <ErrorBar
        kind="stale"
        message="This is 2 min old."
        hint="Reconnecting."
        onRetry={() => undefined}
        retryLabel="Reconnect"
        busy
      />
      <SkeletonRows rows={3} />
      <EmptyState
        icon={Inbox}
        title="Nothing needs you"
        detail="Two runs are working."
        action={<Button>Open runs</Button>}
      />
    </div>
  );
}
