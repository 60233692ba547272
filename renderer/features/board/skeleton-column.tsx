import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

/** A column before its cards have ever been read; `still` when they could not be. */
export function SkeletonColumn({ stage, still }: { readonly stage: Stage; readonly still: boolean }) {
  return (
    <section
      aria-label={labels.stage[stage]}
      aria-busy={!still}
      className="flex min-w-[212px] flex-1 basis-0 flex-col"
    >
      <h2 className="flex h-28 items-center px-6 text-body font-strong">{labels.stage[stage]}</h2>
      <div className="flex flex-col gap-8 px-2 pt-6">
        {still
          ? null
          : [72, 92, 72].map((height, index) => (
              <div
                key={index}
                style={{ height }}
                className="flex flex-col gap-8 rounded-card border border-line bg-surface px-12 py-8"
              >
                <Skeleton className="w-[30%]" />
                <Skeleton className="w-[80%]" />
              </div>
            ))}
      </div>
    </section>
  );
}
