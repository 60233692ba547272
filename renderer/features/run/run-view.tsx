import { Compass, GitMerge, Pause, Play, RotateCcw, SquareIcon, Undo2 } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ActionButton, useActions, useActionRegistry } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import type { ViewProps } from '../../app/view-props.ts';
import { useClient, useConnection, useQuery, useRunTail } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { AttemptsMenu } from './attempts-menu.tsx';
import { strings as compareStrings } from './compare-strings.ts';
import { CompareAttempts } from './compare-attempts.tsx';
import { BudgetBars } from './budget-bars.tsx';
import { Elapsed } from './elapsed.tsx';
import { createEventFeed } from './event-feed.ts';
import { Evidence } from './evidence.tsx';
import { EvidencePack } from './evidence-pack.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';
import { RunBrief } from './run-brief.tsx';
import { RunCallout } from './run-callout.tsx';
import { runIsOver, runLook, runOutcome, runWorks } from './run-look.ts';
import type { RunAction, RunDetail } from './run-types.ts';
import { retryCheckpoints, retryFromWords } from './retry-picks.ts';
import { StageStrip } from './stage-strip.tsx';
import { SteerBox } from './steer-box.tsx';
import { StopConfirm } from './stop-confirm.tsx';
import { strings } from './strings.ts';
import { useRetry, type Retry } from './use-retry.tsx';
import { useUndoApply } from './use-undo-apply.ts';
import { TimelinePanel } from './timeline-panel.tsx';

export function RunView({ location }: ViewProps<'run'>) {
  const router = useRouter();
  const { id } = location.params;
  const { data, failure, pending, reread } = useQuery('run.get', { id }, { every: 300 });
  if (data) return <RunPage key={id} detail={data} stale={failure?.message} onReread={reread} />;
  if (failure?.tag === 'not_found')
    return (
      <EmptyState
        icon={Compass}
        title={strings.page.gone}
        detail={strings.page.goneDetail}
        action={
          <Button
            variant="primary"
            onClick={() => {
              router.go(to('runs', {}));
            }}
          >
            {strings.page.all}
          </Button>
        }
      />
    );
  if (failure)
    return (
      <div className="p-12">
        <ErrorBar message={strings.page.failure} hint={failure.message} onRetry={reread} busy={pending} />
      </div>
    );
  return <SkeletonRows rows={12} label={strings.page.loading} />;
}

const tabs = ['timeline', 'pack', 'attempts'] as const;
type Tab = (typeof tabs)[number];

function RunPage({
  detail,
  stale,
  onReread,
}: {
  detail: RunDetail;
  stale: string | undefined;
  onReread: () => void;
}) {
  const { run } = detail;
  const client = useClient();
  const connection = useConnection();
  const registry = useActionRegistry();
  const [steering, setSteering] = useState(0);
  const feed = useFeed(run.id, detail.lastSeq);
  const state = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const tail = Math.max(useRunTail(run.id) ?? 0, detail.lastSeq);
  useEffect(() => {
    feed.tail(tail);
  }, [feed, tail]);
  // After a reconnect the stream may have passed over this run's news.
  useEffect(() => client.onReset(feed.retry), [client, feed]);

  usePageTitle(run.name);
  const look = runLook(run.status);
  const retry = useRetry();
  const controls = useControls(detail, retry, () => {
    setSteering((asked) => asked + 1);
  });
  const retryable = new Set(
    detail.possible.includes('retry') ? retryCheckpoints(detail).map(({ step }) => step) : [],
  );
  const [tabValue, setTab] = useSearchValue('tab', 'timeline');
  const compared = detail.attempts.some(({ id }) => id !== run.id);
  const tab: Tab =
    tabValue === 'pack' ? 'pack' : tabValue === 'attempts' && compared ? 'attempts' : 'timeline';
  useActions([
    {
      id: 'run.evidence',
      title: strings.actions.evidence,
      group: strings.group,
      scope: 'view',
      keys: 'e',
      run: () => {
        setTab(tab === 'pack' ? 'timeline' : 'pack');
      },
    },
    {
      id: 'run.compare',
      title: compareStrings.action,
      group: strings.group,
      scope: 'view',
      keys: 'b',
      unavailable: compared ? undefined : 'this is the only attempt',
      run: () => {
        setTab(tab === 'attempts' ? 'timeline' : 'attempts');
      },
    },
  ]);
  const over = runIsOver(run.status);
  const lost = connection.state === 'stale' || connection.state === 'offline' ? connection.since : undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarDetail>
        <span className="shrink-0 font-mono text-meta text-ink-3">#{run.number}</span>
        <span className="min-w-0 truncate font-strong" title={run.name}>
          {run.name}
        </span>
        <StatusLabel shape={look.shape} tone={look.tone}>
          {look.label}
        </StatusLabel>
        {run.rolledBackCommit === null ? null : (
          <StatusLabel shape="square">{strings.rollBack.state}</StatusLabel>
        )}
        <span className="text-ink-2 tabular-nums">
          <Elapsed run={run} />
        </span>
        {detail.pausing ? (
          <span className="shrink-0 text-ink-2" title={strings.head.pausingWhy}>
            {strings.head.pausing}
          </span>
        ) : null}
      </TitleBarDetail>
      <TitleBarActions>{controls}</TitleBarActions>
      {stale ? (
        <div className="px-12 pt-8">
          <ErrorBar kind="stale" message={strings.page.failure} hint={stale} onRetry={onReread} />
        </div>
      ) : null}
      <div className="flex min-h-40 shrink-0 flex-wrap items-center gap-x-16 gap-y-4 border-b border-line px-12 py-6 text-meta text-ink-2">
        <Segmented<Tab>
          label={strings.evidence.tabs.label}
          value={tab}
          onValueChange={setTab}
          segments={tabs
            .filter((value) => value !== 'attempts' || compared)
            .map((value) => ({
              value,
              label: value === 'attempts' ? compareStrings.tab : strings.evidence.tabs[value],
            }))}
        />
        <span>{run.projectName}</span>
        <span>{run.accountLabel ? `${run.executorLabel} · ${run.accountLabel}` : run.executorLabel}</span>
        {run.branch ? <Mono>{run.branch}</Mono> : <span className="text-ink-3">{strings.head.noBranch}</span>}
        <AttemptsMenu detail={detail} />
        {run.fromStep ? (
          <span>
            {retryFromWords.goesOn(
              run.fromStep,
              detail.attempts.find(({ id }) => id === run.retryOfRunId)?.number,
            )}
          </span>
        ) : null}
        {run.execution.dryRun ? <span className="text-attention-text">{strings.head.dryRun}</span> : null}
        {run.recoveries > 0 ? <span>{strings.head.recovered(run.recoveries)}</span> : null}
        {over || run.status === 'review' ? <Evidence detail={detail} /> : null}
        <span className="ms-auto">
          <BudgetBars run={run} />
        </span>
      </div>
      <StageStrip stages={detail.stages} />
      <RunCallout
        detail={detail}
        onJump={() => {
          registry.find('timeline.next-error')?.run();
        }}
      />
      {tab === 'pack' ? (
        <EvidencePack runId={run.id} />
      ) : tab === 'attempts' ? (
        <CompareAttempts detail={detail} />
      ) : run.startedAt === null && (run.status === 'queued' || run.status === 'paused') ? (
        <RunBrief run={run} />
      ) : (
        <TimelinePanel
          runId={run.id}
          feed={feed}
          state={state}
          live={runWorks(run.status)}
          outcome={runOutcome(run.status)}
          lostSince={over ? undefined : lost}
          retryable={retryable}
          onRetryFrom={(step) => {
            retry.retryFrom(run.id, step);
          }}
        />
      )}
      {detail.possible.includes('directive') && run.status !== 'blocked' ? (
        <SteerBox runId={run.id} asked={steering} />
      ) : null}
    </div>
  );
}

function useFeed(runId: string, lastSeq: number) {
  const { call, clock } = useClient();
  // Later sequences reach the feed through `tail`; the page stands for one run, so it is made once.
  const [feed] = useState(() => createEventFeed({ call, clock, runId, lastSeq }));
  useEffect(() => feed.start(), [feed]);
  return feed;
}

/** Buttons and keys for what the runtime says is possible now; the most likely one is the primary. */
function useControls(detail: RunDetail, retry: Retry, steer: () => void) {
  const router = useRouter();
  const command = useCommand();
  const [stopping, setStopping] = useState(false);
  const [rollingBack, setRollingBack] = useState(false);
  const undo = useUndoApply(detail, () => {
    setRollingBack(true);
  });
  const { run } = detail;
  const can = (action: RunAction): boolean => detail.possible.includes(action);
  // Without a version: a run at work changes every second, and these mean the same at any of them.
  const target = { id: run.id };
  const base = { group: strings.group, scope: 'view', onSelection: true } as const;
  usePaletteSubject(() => `#${String(run.number)}`);
  const actions: Action[] = [];
  const add = (id: string, title: string, keys: string, run: () => void): void => {
    actions.push({ ...base, id, title, keys, run });
  };
  const { pausing } = detail;
  if (pausing)
    actions.push({
      ...base,
      id: 'run.pause-now',
      title: strings.actions.pauseNow,
      run: () => void command('run.pause', { ...target, now: true }),
    });
  else if (can('pause'))
    add('run.pause', strings.actions.pause, 'p', () => void command('run.pause', target));
  if (can('resume'))
    add('run.resume', pausing ? strings.actions.keepRunning : strings.actions.resume, 'p', () => {
      void command('run.resume', target);
    });
  if (can('stop'))
    add('run.stop', strings.actions.stop, 'Shift+x', () => {
      setStopping(true);
    });
  if (can('directive')) add('run.steer', strings.actions.steer, 'm', steer);
  if (can('retry'))
    add('run.retry', strings.actions.retry, 'y', () => {
      retry.retry(run.id);
    });
  if (can('roll_back'))
    actions.push({
      ...base,
      id: 'run.roll-back',
      title: undo.title,
      keys: ['Shift+z', '$mod+z'],
      run: undo.press,
    });
  if (can('apply_again'))
    add('run.apply-again', strings.actions.applyAgain, 'a', () => {
      router.go(to('review', { id: run.id }, { decide: 'apply' }));
    });
  const review = run.status === 'review';
  actions.push({
    ...base,
    id: 'run.diff',
    title: review ? strings.actions.review : strings.actions.diff,
    keys: 'd',
    unavailable: run.filesChanged === 0 ? strings.actions.noChanges : undefined,
    run: () => {
      router.go(to('review', { id: run.id }));
    },
  });
  useActions(actions);
  return (
    <>
      {pausing ? (
        <ActionButton id="run.pause-now" icon={Pause} size="small" />
      ) : can('pause') ? (
        <ActionButton id="run.pause" icon={Pause} size="small" />
      ) : null}
      {can('resume') ? (
        <ActionButton id="run.resume" icon={Play} size="small" variant={pausing ? 'secondary' : 'primary'} />
      ) : null}
      {can('stop') ? (
        <StopConfirm
          number={run.number}
          open={stopping}
          onOpenChange={setStopping}
          onConfirm={() => void command('run.stop', target)}
          trigger={
            <Button size="small" icon={SquareIcon} keys="Shift+x">
              {strings.actions.stop}
            </Button>
          }
        />
      ) : null}
      {can('retry') ? (
        <ActionButton
          id="run.retry"
          icon={RotateCcw}
          size="small"
          variant={run.status === 'failed' || run.status === 'timeout' ? 'primary' : 'secondary'}
        />
      ) : null}
      {retry.dialog}
      {can('roll_back') ? <ActionButton id="run.roll-back" icon={Undo2} size="small" /> : null}
      {can('apply_again') ? (
        <ActionButton id="run.apply-again" icon={GitMerge} size="small" variant="primary" />
      ) : null}
      {rollingBack ? (
        <RollBackDialog
          run={run}
          onClose={() => {
            setRollingBack(false);
          }}
          onDone={() => {
            setRollingBack(false);
          }}
        />
      ) : null}
      {run.filesChanged > 0 ? (
        <ActionButton id="run.diff" size="small" variant={review ? 'primary' : 'secondary'} />
      ) : null}
    </>
  );
}
