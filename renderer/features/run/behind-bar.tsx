import { ChartLine, X } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { Link, useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { parseTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import type { RunsBehind } from './run-types.ts';
import { strings } from './strings.ts';

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const words = strings.list.behind;

/** Stands above the list when it holds the runs behind a point of a chart: which, and the ways out. */
export function BehindBar({
  behind,
  count,
}: {
  readonly behind: RunsBehind;
  readonly count: string | undefined;
}) {
  const router = useRouter();
  return (
    <div className="flex min-h-32 flex-wrap items-center gap-x-12 gap-y-4 border-b border-line pb-4">
      <h2 className="min-w-0 flex-1 truncate text-body text-ink-2">
        <span className="font-medium text-ink">{labels.insightMeasure[behind.behind]}</span>
        {behind.key === undefined ? '' : ` · ${labelOf(behind)}`} · {spanOf(behind)}
        {count === undefined ? null : <span className="text-ink-3"> · {count}</span>}
      </h2>
      <Link
        location={to('insights', {})}
        className="inline-flex h-24 items-center gap-6 rounded-control px-8 text-body text-ink-2 hover:bg-hover hover:text-ink"
      >
        <ChartLine aria-hidden size={14} strokeWidth={1.5} />
        {words.insights}
      </Link>
      <Button
        size="small"
        icon={X}
        onClick={() => {
          router.replace(to('runs', {}));
        }}
      >
        {words.all}
      </Button>
    </div>
  );
}

function labelOf({ behind, key = '' }: RunsBehind): string {
  const sources: Readonly<Record<string, string>> = labels.source;
  return behind === 'approval' ? (sources[key] ?? key) : key;
}

/** One day is told by its noon, which is the same date for a reader in a zone nearby. */
function spanOf({ from, to: until }: RunsBehind): string {
  const [start, end] = [parseTime(from), parseTime(until)];
  if (end - start <= 25 * 3_600_000) return day.format((start + end) / 2);
  return `${day.format(start + 43_200_000)} – ${day.format(end - 43_200_000)}`;
}
