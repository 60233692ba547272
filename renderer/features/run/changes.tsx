import { cx } from '../../ui/cx.ts';

/** Files and lines changed: "6 +210 −44"; a dash when nothing was. */
export function Changes({
  files,
  additions,
  deletions,
  className,
}: {
  files?: number | undefined;
  additions: number;
  deletions: number;
  className?: string | undefined;
}) {
  if (files === 0 || (files === undefined && additions + deletions === 0))
    return <span className={cx('text-ink-3', className)}>–</span>;
  return (
    // Signs stand before their numbers, whichever way the page runs.
    <span dir="ltr" className={cx('whitespace-nowrap tabular-nums', className)}>
      {files === undefined ? null : <span className="me-6">{files}</span>}
      <span className="text-ink-2">+{additions}</span> <span className="text-ink-2">−{deletions}</span>
    </span>
  );
}
