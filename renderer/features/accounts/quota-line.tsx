import { useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatExact } from '../../ui/format-time.ts';
import { quotaOf, type Quota } from './quota-of.ts';
import { strings } from './strings.ts';

/** What is left of the account that matters now; undefined while no account says so. */
export function useQuota(): Quota | undefined {
  const { data } = useQuery('account.list', {}, { every: 5_000 });
  return data ? quotaOf(data) : undefined;
}

/** Its name, how much is used as a bar and in words, and when it is there again. */
export function QuotaLine({ quota, small = false }: { quota: Quota; small?: boolean }) {
  const now = useNow(60_000);
  const { label, used, resetsAt } = quota;
  const share = `${String(Math.round(used * 100))} %`;
  const then = resetsAt === null ? undefined : parseTime(resetsAt);
  const resets = then === undefined || then <= now ? '' : formatClock(then, now);
  const bar = (
    <span aria-hidden className="relative block h-4 w-full overflow-hidden rounded-full bg-line">
      <span
        className={cx('absolute inset-y-0 start-0 rounded-full', used >= 0.9 ? 'bg-attention' : 'bg-neutral')}
        style={{ width: `${String(Math.min(100, used * 100))}%` }}
      />
    </span>
  );
  if (small)
    return (
      <span className="flex w-full flex-col items-center gap-4 text-micro text-ink-2 tabular-nums">
        {share.replace(' ', '')}
        {bar}
      </span>
    );
  return (
    <span className="flex w-full min-w-0 flex-col gap-4">
      <span className="flex items-baseline justify-between gap-8 text-meta tabular-nums">
        <span className="min-w-0 truncate text-ink-2">{label}</span>
        <span className="shrink-0 text-ink">{share}</span>
      </span>
      {bar}
      {resets === '' ? null : (
        <span
          className="text-micro font-regular text-ink-3 tabular-nums"
          title={then === undefined ? undefined : formatExact(then)}
        >
          {strings.resets(resets)}
        </span>
      )}
    </span>
  );
}
