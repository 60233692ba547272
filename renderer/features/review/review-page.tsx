import { GitMerge, Undo2 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ActionButton } from '../../app/actions-context.tsx';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Split } from '../../ui/split.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { EvidencePack } from '../run/evidence-pack.tsx';
import { RollBackDialog } from '../run/roll-back-dialog.tsx';
import { runLook } from '../run/run-look.ts';
import type { RunDetail } from '../run/run-types.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { DiffPane, type DiffPaneHandle } from './diff-pane.tsx';
import { diffRows, lineKey, type Diff, type DiffFile, type DiffRow, type ShownLine } from './diff-rows.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { PolicyVerdicts, TestsBeside } from './evidence-tabs.tsx';
import { FileList } from './file-list.tsx';
import { statusItems, treeItems } from './file-tree.ts';
import { ReviewHead, tabs, type Tab } from './review-head.tsx';
import { feedbackOf } from './review-marks.ts';
import { SendBackDialog } from './send-back-dialog.tsx';
import { strings } from './strings.ts';
import { strings as runStrings } from '../run/strings.ts';
import { useMarks } from './use-marks.ts';
import { useReviewActions } from './use-review-actions.ts';

/** One result, read line by line and then decided. */
export function ReviewPage({ detail, diff }: { detail: RunDetail; diff: Diff }) {
  const { run, checkpoints } = detail;
  usePageTitle(strings.pageTitle(run.name));
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
  const { possible } = detail;
  const again = possible.includes('apply_again');
  // A link may ask for the decision at once: the run page does where a result is to be applied again.
  const [decide] = useSearchValue('decide');
  const [dialog, setDialog] = useState<'apply' | 'sendBack' | 'discard' | 'rollBack' | null>(
    decide === 'apply' && again ? 'apply' : null,
  );
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
  const count = Object.keys(marks.comments).length;
  useReviewActions(detail, {
    nextHunk: () => {
      hop('hunk', 1);
    },
    previousHunk: () => {
      hop('hunk', -1);
    },
    nextFile: () => {
      hop('file', 1);
    },
    previousFile: () => {
      hop('file', -1);
    },
    viewed: () => {
      if (!file) return;
      view(file.path, !viewed.has(file.path));
      // Its lines go away: the cursor stays on its heading, from where the next file is one key away.
      setCursor(rows.findIndex((row) => row.kind === 'file' && row.file === file));
    },
    comment:
      file && line
        ? () => {
            comment(file, line);
          }
        : undefined,
    split: () => {
      setLayout(split ? 'unified' : 'split');
    },
    wrap: () => {
      setWrap(!wrap);
    },
    whitespace: () => {
      setHideWhitespace(!hideWhitespace);
    },
    tests: () => {
      setTab(tab === 'tests' ? 'changes' : 'tests');
    },
    apply: () => {
      setDialog('apply');
    },
    rollBack: () => {
      setDialog('rollBack');
    },
    sendBack: () => {
      setFeedback(feedbackOf(marks.comments));
      setDialog('sendBack');
    },
    discard: () => {
      setDialog('discard');
    },
  });

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
        {run.rolledBackCommit === null ? null : (
          <StatusLabel shape="square">{runStrings.rollBack.state}</StatusLabel>
        )}
      </TitleBarDetail>
      {again || possible.includes('roll_back') ? (
        <TitleBarActions>
          {again ? (
            <ActionButton id="review.apply" size="small" variant="primary" icon={GitMerge} />
          ) : (
            <ActionButton id="review.roll-back" size="small" icon={Undo2} />
          )}
        </TitleBarActions>
      ) : null}
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
      <ReviewHead
        detail={detail}
        diff={diff}
        tab={tab}
        onTab={setTab}
        view={{ split, setLayout, wrap, setWrap, hideWhitespace, setHideWhitespace }}
      />
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
      {tab === 'evidence' ? <EvidencePack runId={run.id} /> : null}
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
      {dialog === 'rollBack' ? (
        <RollBackDialog
          run={run}
          onClose={() => {
            setDialog(null);
          }}
          onDone={leave}
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
