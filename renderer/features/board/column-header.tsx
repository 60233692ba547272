import { PanelRightClose, TriangleAlert } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import type { Stage } from '../../../preload/contract/moves.ts';
import { parseTime } from '../../client/clock.ts';
import { cx } from '../../ui/cx.ts';
import { useNow } from '../../ui/clock-context.tsx';
import { formatRelative } from '../../ui/format-time.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useColumn } from './board-context.tsx';
import { strings } from './strings.ts';

export function ColumnHeader({
  stage,
  refusal,
  onFold,
}: {
  stage: Stage;
  /** Why what is being dragged cannot come here. */
  refusal: string | undefined;
  onFold: (() => void) | undefined;
}) {
  const column = useColumn(stage);
  const now = useNow(60_000);
  const oldest = column?.oldestSince;
  const name = labels.stage[stage];
  return (
    <header
      data-stage={stage}
      title={oldest ? strings.oldest(formatRelative(parseTime(oldest), now)) : undefined}
      className="flex h-28 shrink-0 items-center gap-8 px-6"
    >
      <h2 className="shrink-0 text-body font-strong">{name}</h2>
      {column ? <span className="text-body text-ink-2 tabular-nums">{column.count}</span> : null}
      {column && column.limit !== null ? (
        <Limit whole={column.whole} limit={column.limit} stage={name} />
      ) : null}
      {refusal ? (
        <span className="min-w-0 flex-1 truncate text-end text-meta text-ink-2" title={refusal}>
          {refusal}
        </span>
      ) : null}
      {onFold ? (
        <IconButton
          icon={PanelRightClose}
          label={strings.collapse(name)}
          size="small"
          className="ms-auto"
          onClick={onFold}
        />
      ) : null}
    </header>
  );
}

/** How full the stage is, whatever the filter shows of it. */
function Limit({ whole, limit, stage }: { whole: number; limit: number; stage: string }) {
  const over = whole > limit;
  const said = over ? strings.overLimit(stage, whole, limit) : strings.limit(stage, whole, limit);
  return (
    <span
      title={said}
      className={cx(
        'inline-flex h-20 shrink-0 items-center gap-4 rounded-chip text-micro tabular-nums',
        over ? 'bg-attention-tint px-6 text-attention-text' : 'text-ink-3',
      )}
    >
      {over ? <TriangleAlert aria-hidden size={12} strokeWidth={2} /> : null}
      <span aria-hidden>{over ? strings.ofLimit(whole, limit) : strings.most(limit)}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}
