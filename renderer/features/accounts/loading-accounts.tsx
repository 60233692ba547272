import { strings } from './strings.ts';

/** Rows as accounts will stand: their bars are dashed, since nobody knows yet. */
export function LoadingAccounts() {
  return (
    <ul aria-busy="true" aria-label={strings.loading} className="flex flex-col border-t border-line">
      {[0, 1, 2].map((nth) => (
        <li
          key={nth}
          aria-hidden
          className="grid grid-cols-[200px_minmax(0,1fr)] gap-x-16 border-b border-line px-12 py-16 last:border-b-0"
        >
          <span className="flex flex-col gap-8">
            <span className="h-12 w-[96px] rounded-chip bg-neutral-tint" />
            <span className="h-8 w-[140px] rounded-chip bg-neutral-tint" />
          </span>
          <span className="flex flex-col gap-12 pt-2">
            <span className="h-8 rounded-chip border border-dashed border-control" />
            <span className="h-8 rounded-chip border border-dashed border-control" />
          </span>
        </li>
      ))}
    </ul>
  );
}
