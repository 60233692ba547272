import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { parseTime } from '../../client/clock.ts';
import { formatMoney, formatTokens } from './run-figures.ts';
import { runWorks } from './run-look.ts';
import type { Run } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.head.budget;

/** What the run may spend and has spent. A figure without a limit has no bar. */
export function BudgetBars({ run }: { run: Run }) {
  const { budget } = run.execution;
  const tokens = run.tokensIn + run.tokensOut;
  return (
    <div role="group" aria-label={words.label} className="flex flex-wrap items-center gap-x-12 gap-y-4">
      <Bar name={words.steps} used={run.step} limit={budget.steps} say={String} />
      <TimeBar run={run} limit={budget.durationMs} />
      {budget.tokens > 0 ? (
        <Bar name={words.tokens} used={tokens} limit={budget.tokens} say={formatTokens} />
      ) : null}
      {budget.costMicroUsd > 0 ? (
        <Bar
          name={words.cost}
          used={run.costMicroUsd}
          limit={budget.costMicroUsd}
          // No reported price is not a price of nothing.
          say={(value) => (value === 0 ? '–' : formatMoney(value))}
        />
      ) : null}
    </div>
  );
}

function TimeBar({ run, limit }: { run: Run; limit: number }) {
  const live = runWorks(run.status) && run.startedAt !== null;
  return live ? (
    <LiveTime run={run} limit={limit} />
  ) : (
    <Bar name={words.time} used={run.activeMs} limit={limit} say={formatDuration} />
  );
}

function LiveTime({ run, limit }: { run: Run; limit: number }) {
  const now = useNow(1000);
  // What was worked since the row was last written comes on top.
  const since = Math.max(0, now - parseTime(run.updatedAt));
  return <Bar name={words.time} used={run.activeMs + since} limit={limit} say={formatDuration} />;
}

function Bar({
  name,
  used,
  limit,
  say,
}: {
  name: string;
  used: number;
  limit: number;
  say: (value: number) => string;
}) {
  const share = Math.min(1, limit > 0 ? used / limit : 0);
  const near = share >= 0.9;
  return (
    <span className="inline-flex items-center gap-6 text-meta whitespace-nowrap text-ink-2">
      <span>{name}</span>
      <span
        role="meter"
        aria-label={words.of(name, say(used), say(limit))}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="block h-4 w-28 overflow-hidden rounded-full bg-line"
      >
        <span
          className={cx('block h-full rounded-full', near ? 'bg-attention' : 'bg-neutral')}
          style={{ width: `${String(share * 100)}%` }}
        />
      </span>
      <span className={cx('tabular-nums', near ? 'text-attention-text' : 'text-ink')}>
        {say(used)}
        <span className="text-ink-3"> / {rounded(say(limit))}</span>
      </span>
    </span>
  );
}

/** A limit is a full number more often than not: "20m" for "20m 00s", "$5" for "$5.00". */
function rounded(limit: string): string {
  return limit.replace(/ 00s$|\.00$/, '');
}
