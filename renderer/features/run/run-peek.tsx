import { Maximize2 } from 'lucide-react';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { BudgetBars } from './budget-bars.tsx';
import { Elapsed } from './elapsed.tsx';
import { Evidence } from './evidence.tsx';
import { LatestEvents } from './latest-events.tsx';
import { runDoing } from './run-doing.ts';
import { runLook } from './run-look.ts';
import type { RunDetail, RunRow } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.peek;

/** A look at one run beside the list it stands in: what it does or waits for, what came of it, and what it did last. */
export function RunPeek({
  row,
  onClose,
  onStep,
}: {
  /** Undefined: closed. */
  row: RunRow | undefined;
  onClose: () => void;
  onStep: (by: number) => void;
}) {
  const router = useRouter();
  const { data, failure, reread } = useQuery(
    'run.get',
    { id: row?.id ?? '' },
    { enabled: row !== undefined, every: 500 },
  );
  return (
    <Sheet
      open={row !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row ? `#${String(row.number)} ${row.name}` : words.title}
      aside={
        row ? (
          <IconButton
            icon={Maximize2}
            label={words.open}
            keys="Enter"
            onClick={() => {
              router.go(to('run', { id: row.id }));
            }}
          />
        ) : null
      }
    >
      {row && data?.run.id === row.id ? (
        <Peeked row={row} detail={data} onClose={onClose} onStep={onStep} />
      ) : failure ? (
        <ErrorBar message={strings.page.failure} hint={failure.message} onRetry={reread} />
      ) : row ? (
        <SkeletonRows rows={8} label={strings.page.loading} />
      ) : null}
    </Sheet>
  );
}

function Peeked({
  row,
  detail,
  onClose,
  onStep,
}: {
  row: RunRow;
  detail: RunDetail;
  onClose: () => void;
  onStep: (by: number) => void;
}) {
  const router = useRouter();
  const { run } = detail;
  const look = runLook(run.status);
  const doing = runDoing(
    { ...row, ...run, waiting: detail.waiting, startsAbout: detail.startsAbout },
    useNow(60_000),
  );
  const base = { group: strings.group, scope: 'popover' } as const;
  useActions([
    {
      ...base,
      id: 'peek.next',
      title: strings.actions.nextRun,
      keys: ['j', 'ArrowDown'],
      run: () => {
        onStep(1);
      },
    },
    {
      ...base,
      id: 'peek.previous',
      title: strings.actions.previousRun,
      keys: ['k', 'ArrowUp'],
      run: () => {
        onStep(-1);
      },
    },
    {
      ...base,
      id: 'peek.open',
      title: words.open,
      keys: 'Enter',
      run: () => {
        router.go(to('run', { id: run.id }));
      },
    },
    { ...base, id: 'peek.close', title: words.close, keys: 'Space', run: onClose },
  ]);
  return (
    <div className="flex min-w-0 flex-col gap-16">
      <div className="flex flex-wrap items-center gap-x-12 gap-y-6 text-meta text-ink-2">
        <StatusLabel shape={look.shape} tone={look.tone}>
          {look.label}
        </StatusLabel>
        <Elapsed run={run} />
        <span>{run.projectName}</span>
        <span>{run.accountLabel ?? run.executorLabel}</span>
        {run.branch ? <Mono>{run.branch}</Mono> : null}
        {run.attempt > 1 ? <span>{strings.head.attempt(run.attempt)}</span> : null}
      </div>
      {doing === '' ? null : <p className="text-read wrap-anywhere text-ink">{doing}</p>}
      <div className="flex flex-wrap gap-x-16 gap-y-6 text-meta">
        <Evidence detail={detail} />
        <BudgetBars run={run} />
      </div>
      <section className="flex flex-col gap-4">
        <h3 className="text-meta font-medium text-ink-2">{words.task}</h3>
        <Markdown text={run.goalText} />
      </section>
      <LatestEvents runId={run.id} lastSeq={detail.lastSeq} />
    </div>
  );
}
