import { cx } from './cx.ts';

/** How much is behind, 0 to 100. `known` false is dashed: nothing says yet. */
export function ProgressBar({
  percent,
  label,
  known = true,
}: {
  readonly percent: number;
  readonly label: string;
  readonly known?: boolean | undefined;
}) {
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cx(
        'relative block h-6 min-w-0 flex-1 overflow-hidden rounded-chip',
        known ? 'bg-inset' : 'border border-dashed border-control',
      )}
    >
      {known ? (
        <span
          className={cx('absolute inset-y-0 start-0', percent === 100 ? 'bg-success' : 'bg-neutral')}
          style={{ width: `${String(percent)}%` }}
        />
      ) : null}
    </span>
  );
}
