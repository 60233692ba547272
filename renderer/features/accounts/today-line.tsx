import { describeCap } from '../../../preload/contract/shown-cap.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { cx } from '../../ui/cx.ts';
import { formatTokens } from '../run/run-figures.ts';
import { PriceAge } from './price-age.tsx';
import { strings } from './strings.ts';
import { measured } from './window-bar.tsx';

type Today = OutputOf<'cost.today'>;

/** What today cost, how far its caps are spent, and how old the prices are. */
export function TodayLine() {
  const { data, failure, reread } = useQuery('cost.today', {}, { every: 1_000 });
  return (
    <>
      <dl className="flex min-h-36 shrink-0 flex-wrap items-center gap-x-24 gap-y-4 px-12 py-8 text-meta">
        <div className="flex items-baseline gap-6">
          <dt className="text-ink-3">{strings.today}</dt>
          <dd className="text-body tabular-nums text-ink">{data ? usedWords(data.total) : '–'}</dd>
        </div>
        {data?.caps.map((cap) => (
          <CapMeter key={cap.projectId ?? ''} cap={cap} known={data.total.state} />
        ))}
        {data ? <PriceAge prices={data.prices} /> : null}
      </dl>
      {failure ? (
        <div className="px-12 pb-8">
          <ErrorBar
            kind={data ? 'stale' : 'error'}
            message={strings.todayFailed}
            hint={`${failure.message} ${failure.hint ?? ''}`}
            onRetry={reread}
          />
        </div>
      ) : null}
    </>
  );
}

function usedWords({ state, words, tokensIn, tokensOut }: Today['total']): string {
  return state === 'none' && tokensIn + tokensOut === 0
    ? strings.nothingUsed
    : `${words} · ${formatTokens(tokensIn + tokensOut)}`;
}

const tones = { fine: 'text-ink', near: 'text-attention-text', spent: 'text-danger-text' } as const;
const bars = { fine: 'bg-running', near: 'bg-attention', spent: 'bg-danger' } as const;

/** One cap as a bar; dashed when nobody knows what was spent of it. */
function CapMeter({ cap, known }: { cap: Today['caps'][number]; known: Today['total']['state'] }) {
  const { words, share, state } = describeCap(cap, known);
  const unknown = cap.projectId === null && known === 'unknown';
  const percent = Math.round(share * 100);
  const name = strings.cap(cap.name);
  return (
    <div className="flex items-center gap-6">
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex items-center gap-8">
        <span
          {...measured(unknown ? null : share, words)}
          aria-label={name}
          className={cx(
            'relative h-8 w-[72px] overflow-hidden rounded-chip',
            unknown ? 'border border-dashed border-control' : 'bg-neutral-tint',
          )}
        >
          {unknown ? null : (
            <span
              className={cx('absolute inset-y-0 start-0', bars[state])}
              style={{ width: `${String(percent)}%` }}
            />
          )}
        </span>
        <span className={cx('text-body tabular-nums', tones[state])}>
          {words}
          {state === 'fine' ? '' : `, ${strings.capState[state]}`}
        </span>
      </dd>
    </div>
  );
}
