import { Check, FileDiff, GitMerge, Pilcrow, WrapText } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ActionButton, useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, TitleBarDetail } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Split } from '../../ui/split.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { runLook } from '../run/run-look.ts';
import type { RunDetail } from '../run/run-types.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { DiffPane, type DiffPaneHandle } from './diff-pane.tsx';
import { diffRows, lineKey, type Diff, type DiffFile, type DiffRow, type ShownLine } from './diff-rows.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { PolicyVerdicts, TestsBeside } from './evidence-tabs.tsx';
import { FileList } from './file-list.tsx';
import { statusItems, treeItems } from './file-tree.ts';
import { feedbackOf } from './review-marks.ts';
import { SendBackDialog } from './send-back-dialog.tsx';
import { strings } from './strings.ts';
import { TestVerdict } from './test-verdict.tsx';
import { useMarks } from './use-marks.ts';

const tabs = ['changes', 'tests', 'policy'] as const;
type Tab = (typeof tabs)[number];

export function ReviewView({ location }: ViewProps<'review'>) {
  const { id } = location.params;
  const router = useRouter();
  const run = useQuery('run.get', { id });
  const diff = useQuery('run.diff', { id }, { every: 1_000 });
  const failure = diff.data && run.data ? undefined : (diff.failure ?? run.failure);
  if (failure)
    return (
      <div className="p-12">
        <ErrorBar
          message={strings.failure}
          hint={failure.message}
          onRetry={() => {
            run.reread();
            diff.reread();
          }}
        />
      </div>
    );
  if (!diff.data || !run.data) return <SkeletonRows rows={12} label={strings.loading} />;
  if (diff.data.files.length === 0)
    return (
      <EmptyState
        icon={FileDiff}
        title={strings.empty.title}
        detail={run.data.run.status === 'completed' ? strings.empty.completed : strings.empty.other}
        action={
          <Button
            onClick={() => {
              router.go(to('run', { id }));
            }}
          >
            {strings.empty.back}
          </Button>
        }
      />
    );
  return <Review key={`${id} ${diff.data.headCommit}`} detail={run.data} diff={diff.data} />;
}

function Review({ detail, diff }: { detail: RunDetail; diff: Diff }) {
  const { run, checkpoints } = detail;
  const router = useRouter();
  const wide = useMedia('(min-width: 1600px)');
  const narrow = useMedia('(max-width: 899px)');
  const marks = useMarks(run.id, diff.headCommit);
  const [tabValue, setTab] = useSearchValue('tab', 'changes');
  const tab: Tab = tabs.find((each) => each === tabValue) ?? 'changes';
  const [layout, setLayout] = useSearchValue('layout', '');
  const split = layout === '' ? wide : layout === 'split';
  // Side by side there is no room for long lines, so they wrap there until told otherwise.
  const [wrapChoice, setWrap] = useState<boolean>();
  const wrap = wrapChoice ?? split;
  const [hideWhitespace, setHideWhitespace] = useState(false);
  const [order, setOrder] = useState<'tree' | 'status'>('tree');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<{ key: string; file: DiffFile; line: ShownLine } | null>(null);
  const [cursor, setCursor] = useState(-1);
  const [current, setCurrent] = useState<string>();
  const [dialog, setDialog] = useState<'apply' | 'sendBack' | 'discard' | null>(null);
  const [feedback, setFeedback] = useState('');
  const pane = useRef<DiffPaneHandle>(null);

  const viewed = useMemo(() => new Set(marks.viewed), [marks.viewed]);
  const files = useMemo(() => {
    const items =
      order === 'tree'
        ? treeItems(diff.files, strings.files.collapsed)
        : statusItems(diff.files, strings.files.change);
    return items.flatMap((item) => (item.kind === 'file' ? item.file : []));
  }, [diff.files, order]);
  const commented = useMemo(
    () => new Set([...Object.keys(marks.comments), ...(editing ? [editing.key] : [])]),
    [marks.comments, editing],
  );
  const rows = useMemo(
    () => diffRows(files, { split, hideWhitespace, toggled, viewed, commented }),
    [files, split, hideWhitespace, toggled, viewed, commented],
  );

  const go = useCallback((index: number) => {
    if (index < 0) return;
    setCursor(index);
    pane.current?.reveal(index, 'start');
    pane.current?.focus();
  }, []);
  const toggle = useCallback((path: string) => {
    setToggled((held) => {
      const next = new Set(held);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  }, []);
  const { setViewed } = marks;
  const view = useCallback(
    (path: string, seen: boolean) => {
      // A file opened or closed by hand goes by its mark again.
      setToggled((held) => new Set([...held].filter((each) => each !== path)));
      setViewed(path, seen);
    },
    [setViewed],
  );
  const comment = useCallback((file: DiffFile, line: ShownLine) => {
    setEditing({ key: lineKey(file.path, line), file, line });
  }, []);

  const hop = (kind: DiffRow['kind'], direction: 1 | -1): void => {
    const fits = (row: DiffRow): boolean => row.kind === kind;
    const from = cursor < 0 ? (direction === 1 ? -1 : rows.length) : cursor;
    const next =
      direction === 1
        ? rows.findIndex((row, index) => index > from && fits(row))
        : rows.findLastIndex((row, index) => index < from && fits(row));
    go(next);
  };
  const at = rows[cursor];
  const file = at?.file ?? files.find((each) => each.path === current);
  const line = at?.kind === 'line' ? at.line : at?.kind === 'pair' ? (at.right ?? at.left) : null;
  const can = (action: 'apply' | 'discard' | 'request_changes'): string | undefined =>
    detail.possible.includes(action) ? undefined : strings.actions.notReview;
  const count = Object.keys(marks.comments).length;
  const words = strings.actions;
  const act = (id: string, title: string, keys: string, work: () => void, unavailable?: string): Action => ({
    id,
    title,
    keys,
    unavailable,
    group: strings.group,
    scope: 'view',
    run: work,
  });
  useActions([
    act('review.next-hunk', words.nextHunk, 'j', () => {
      hop('hunk', 1);
    }),
    act('review.previous-hunk', words.previousHunk, 'k', () => {
      hop('hunk', -1);
    }),
    act('review.next-file', words.nextFile, 'Shift+j', () => {
      hop('file', 1);
    }),
    act('review.previous-file', words.previousFile, 'Shift+k', () => {
      hop('file', -1);
    }),
    act('review.viewed', words.viewed, 'v', () => {
      if (!file) return;
      view(file.path, !viewed.has(file.path));
      // Its lines go away: the cursor stays on its heading, from where the next file is one key away.
      setCursor(rows.findIndex((row) => row.kind === 'file' && row.file === file));
    }),
    act(
      'review.comment',
      words.comment,
      'c',
      () => {
        if (file && line) comment(file, line);
      },
      line ? undefined : 'choose a line with the arrow keys first',
    ),
    act('review.split', words.split, 's', () => {
      setLayout(split ? 'unified' : 'split');
    }),
    act('review.wrap', words.wrap, 'w', () => {
      setWrap(!wrap);
    }),
    act('review.whitespace', words.whitespace, 'i', () => {
      setHideWhitespace(!hideWhitespace);
    }),
    act('review.tests', words.tests, 't', () => {
      setTab(tab === 'tests' ? 'changes' : 'tests');
    }),
    act(
      'review.apply',
      words.apply,
      'a',
      () => {
        setDialog('apply');
      },
      can('apply'),
    ),
    act(
      'review.send-back',
      words.sendBack,
      'r',
      () => {
        setFeedback(feedbackOf(marks.comments));
        setDialog('sendBack');
      },
      can('request_changes'),
    ),
    act(
      'review.discard',
      words.discard,
      'Shift+r',
      () => {
        setDialog('discard');
      },
      can('discard'),
    ),
  ]);

  const violations = checkpoints.reduce((sum, each) => sum + each.policyViolations.length, 0);
  const look = runLook(run.status);
  const leave = (): void => {
    setDialog(null);
    router.go(to('run', { id: run.id }));
  };
  const list = (
    <FileList
      files={diff.files}
      viewed={viewed}
      current={current}
      order={order}
      onOrder={setOrder}
      onOpen={(path) => {
        go(rows.findIndex((row) => row.kind === 'file' && row.file.path === path));
      }}
    />
  );
  const document = (
    <DiffPane
      ref={pane}
      rows={rows}
      wrap={wrap}
      viewed={viewed}
      comments={marks.comments}
      editing={editing?.key ?? null}
      cursor={cursor}
      onCursor={setCursor}
      onToggle={toggle}
      onViewed={view}
      onComment={comment}
      onEdit={(key) => {
        if (key === null) {
          setEditing(null);
          pane.current?.focus();
          return;
        }
        const row = rows.find((each) => each.kind === 'comment' && each.lineKey === key);
        const held = marks.comments[key];
        if (row && held)
          setEditing({
            key,
            file: row.file,
            line: {
              kind: 'context',
              text: held.quote,
              words: [],
              old: held.side === 'old' ? held.line : null,
              new: held.side === 'new' ? held.line : null,
            },
          });
      }}
      onSave={(key, text) => {
        if (!editing) return;
        const { line: on, file: of } = editing;
        marks.setComment(key, {
          path: of.path,
          line: on.new ?? on.old ?? 0,
          side: on.new === null ? 'old' : 'new',
          quote: on.text,
          text,
        });
        setEditing(null);
        pane.current?.focus();
      }}
      onRemove={(key) => {
        marks.setComment(key, undefined);
      }}
      onFileInView={setCurrent}
    />
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TitleBarDetail>
        <span className="shrink-0 font-mono text-meta text-ink-3">#{run.number}</span>
        <span className="min-w-0 truncate font-strong" title={run.name}>
          {run.name}
        </span>
        {run.status === 'review' ? null : (
          <StatusLabel shape={look.shape} tone={look.tone}>
            {look.label}
          </StatusLabel>
        )}
      </TitleBarDetail>
      {detail.possible.includes('apply') ? (
        <TitleBarActions>
          <span className="hidden wide:contents">
            <ActionButton id="review.discard" size="small" variant="ghost" />
          </span>
          <ActionButton id="review.send-back" size="small">
            {strings.actions.sendBack}
            {count > 0 ? ` · ${strings.comments.count(count)}` : ''}
          </ActionButton>
          <ActionButton id="review.apply" size="small" variant="primary" icon={GitMerge} />
        </TitleBarActions>
      ) : null}
      <div className="flex min-h-40 shrink-0 flex-wrap items-center gap-x-16 gap-y-4 border-b border-line px-12 py-6 text-meta text-ink-2">
        <Segmented<Tab>
          label={strings.tabs.label}
          value={tab}
          onValueChange={setTab}
          segments={tabs.map((value) => ({ value, label: strings.tabs[value] }))}
        />
        <span className="inline-flex items-center gap-6">
          {strings.head.base}
          <Mono>{`${diff.target}@${diff.baseCommit.slice(0, 7)}`}</Mono>
          {diff.conflicts.length > 0 ? (
            <span className="font-medium text-danger-text">
              {strings.head.conflicts(diff.conflicts.length)}
            </span>
          ) : diff.targetAhead > 0 ? (
            <span>{strings.head.ahead(diff.targetAhead, diff.target)}</span>
          ) : (
            <span className="inline-flex items-center gap-2 text-success-text">
              <Check aria-hidden size={14} strokeWidth={2} />
              {strings.head.clean}
            </span>
          )}
        </span>
        <span className="inline-flex items-center gap-6">
          {strings.head.tests}
          <TestVerdict before={run.testBefore} after={run.testAfter} />
        </span>
        <span className="inline-flex items-center gap-6">
          {strings.head.policy}
          <span className={violations > 0 ? 'font-medium text-danger-text' : 'text-ink'}>
            {checkpoints.length === 0
              ? strings.head.policyNone
              : violations > 0
                ? strings.head.policyBad(violations)
                : strings.head.policyOk}
          </span>
        </span>
        {tab === 'changes' ? (
          <span className="ml-auto inline-flex items-center gap-4">
            <IconButton
              icon={WrapText}
              size="small"
              label={strings.view.wrap}
              keys="w"
              aria-pressed={wrap}
              onClick={() => {
                setWrap(!wrap);
              }}
            />
            <IconButton
              icon={Pilcrow}
              size="small"
              label={strings.view.whitespace}
              keys="i"
              aria-pressed={hideWhitespace}
              onClick={() => {
                setHideWhitespace(!hideWhitespace);
              }}
            />
            <Segmented
              label={strings.view.layout}
              value={split ? 'split' : 'unified'}
              onValueChange={setLayout}
              segments={[
                { value: 'unified', label: strings.view.unified },
                { value: 'split', label: strings.view.split },
              ]}
            />
          </span>
        ) : null}
      </div>
      {run.status === 'review' && (diff.conflicts.length > 0 || diff.blockedBy !== null) ? (
        <div className="shrink-0 px-12 py-8">
          <ErrorBar
            kind="stale"
            message={diff.blockedBy ?? strings.conflict.title}
            hint={
              diff.conflicts.length > 0 ? `${strings.conflict.files} ${diff.conflicts.join(', ')}` : undefined
            }
            actions={
              diff.conflicts.length > 0 ? (
                <Button
                  size="small"
                  onClick={() => {
                    setFeedback(
                      feedbackOf(marks.comments, strings.conflict.askText(diff.target, diff.conflicts)),
                    );
                    setDialog('sendBack');
                  }}
                >
                  {strings.conflict.ask}
                </Button>
              ) : undefined
            }
          />
        </div>
      ) : null}
      {tab === 'tests' ? <TestsBeside run={run} /> : null}
      {tab === 'policy' ? <PolicyVerdicts checkpoints={checkpoints} /> : null}
      {tab === 'changes' ? (
        narrow ? (
          document
        ) : (
          <Split
            label={strings.files.resize}
            first={list}
            second={document}
            initial={264}
            minimum={180}
            maximum={480}
          />
        )
      ) : null}
      {dialog === 'apply' ? (
        <ApplyDialog
          run={run}
          diff={diff}
          onClose={() => {
            setDialog(null);
          }}
          onApplied={leave}
        />
      ) : null}
      {dialog === 'sendBack' ? (
        <SendBackDialog
          run={run}
          feedback={feedback}
          onClose={() => {
            setDialog(null);
          }}
          onSent={() => {
            marks.clear();
            leave();
          }}
        />
      ) : null}
      {dialog === 'discard' ? (
        <DiscardDialog
          run={run}
          onClose={() => {
            setDialog(null);
          }}
          onDone={leave}
        />
      ) : null}
    </div>
  );
}
