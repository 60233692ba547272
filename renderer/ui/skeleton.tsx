import { cx } from './cx.ts';

/** `className` gives size and corners. A still shape where content will be. Only on the first ever load: afterwards the last content stays. */
export function Skeleton({ className = 'h-12 rounded-chip' }: { className?: string }) {
  return <span aria-hidden className={cx('block bg-neutral-tint', className)} />;
}

/** Rows of a list that has never been loaded. */
export function SkeletonRows({
  rows = 6,
  label = 'Loading',
}: {
  rows?: number | undefined;
  label?: string | undefined;
}) {
  const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3'];
  return (
    <div role="status" aria-busy aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-row items-center gap-12 px-12">
          <Skeleton className="size-16 rounded-full" />
          <Skeleton className={cx('h-12 rounded-chip', widths[index % widths.length])} />
        </div>
      ))}
    </div>
  );
}
