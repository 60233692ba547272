import { FileDiff } from 'lucide-react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ReviewPage } from './review-page.tsx';
import { strings } from './strings.ts';

export function ReviewView({ location }: ViewProps<'review'>) {
  const { id } = location.params;
  const router = useRouter();
  const run = useQuery('run.get', { id });
  const diff = useQuery('run.diff', { id }, { every: 1_000 });
  const story = useQuery('run.story', { id }, { every: 5_000 });
  const failure = diff.data && run.data ? undefined : (diff.failure ?? run.failure);
  if (failure)
    return (
      <div className="p-12">
        <ErrorBar
          message={strings.failure}
          hint={failure.message}
          onRetry={() => {
            run.reread();
            diff.reread();
          }}
        />
      </div>
    );
  // The order of the files comes with the steps: shown before, they would change places under the reader.
  if (!diff.data || !run.data || (story.data === undefined && story.failure === undefined))
    return <SkeletonRows rows={12} label={strings.loading} />;
  if (diff.data.files.length === 0)
    return (
      <EmptyState
        icon={FileDiff}
        title={strings.empty.title}
        detail={run.data.run.status === 'completed' ? strings.empty.completed : strings.empty.other}
        action={
          <Button
            onClick={() => {
              router.go(to('run', { id }));
            }}
          >
            {strings.empty.back}
          </Button>
        }
      />
    );
  return (
    <ReviewPage key={`${id} ${diff.data.headCommit}`} detail={run.data} diff={diff.data} story={story.data} />
  );
}
