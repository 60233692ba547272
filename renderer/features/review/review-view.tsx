import { Compass } from 'lucide-react';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { strings as runStrings } from '../run/strings.ts';
import { NothingChanged } from './nothing-changed.tsx';
import { ReviewPage } from './review-page.tsx';
import { strings } from './strings.ts';

export function ReviewView({ location }: ViewProps<'review'>) {
  const { id } = location.params;
  const run = useQuery('run.get', { id });
  const diff = useQuery('run.diff', { id }, { every: 1_000 });
  const story = useQuery('run.story', { id }, { every: 5_000 });
  const failure = diff.data && run.data ? undefined : (diff.failure ?? run.failure);
  if (failure?.tag === 'not_found')
    return <EmptyState icon={Compass} title={runStrings.page.gone} detail={runStrings.page.goneDetail} />;
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
    return (
      <div className="flex min-h-0 flex-1">
        <div aria-hidden className="hidden w-[264px] shrink-0 border-e border-line pt-40 wide:block">
          <SkeletonRows rows={7} label="" />
        </div>
        <div className="min-w-0 flex-1 pt-40">
          <SkeletonRows rows={16} label={strings.loading} />
        </div>
      </div>
    );
  if (diff.data.files.length === 0) return <NothingChanged detail={run.data} />;
  return (
    <ReviewPage key={`${id} ${diff.data.headCommit}`} detail={run.data} diff={diff.data} story={story.data} />
  );
}
