import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { NightTimeline } from './night-timeline.tsx';
import { strings } from './strings.ts';

/** How the queue fits the night. */
export function NightSection() {
  const { data, failure, reread } = useQuery('account.plan', {}, { every: 5_000 });
  if (data)
    return (
      <section className="flex flex-col border-t border-line">
        <h2 className="flex items-baseline gap-8 px-12 py-12 text-title text-ink">
          {strings.plan}
          <span className="text-meta font-regular text-ink-2">
            {strings.planSummary(data.fits.length, data.leftOut.length, data.zone)}
          </span>
        </h2>
        <NightTimeline plan={data} />
      </section>
    );
  return failure ? (
    <div className="p-12">
      <ErrorBar message={strings.planFailed} hint={failure.message} onRetry={reread} />
    </div>
  ) : null;
}
