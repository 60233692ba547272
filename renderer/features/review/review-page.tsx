import { GitMerge, Undo2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ActionButton } from '../../app/actions-context.tsx';
import { useRouter, useSearchValue } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { TitleBarActions, TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import { useMedia } from '../../app/use-media.ts';
import { Split } from '../../ui/split.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { EvidencePack } from '../run/evidence-pack.tsx';
import { runLook } from '../run/run-look.ts';
import type { RunDetail } from '../run/run-types.ts';
import { strings as runStrings } from '../run/strings.ts';
import { useUndoApply } from '../run/use-undo-apply.ts';
import { wordsByHunk, type Story } from './agent-words.ts';
import { ConflictBar } from './conflict-bar.tsx';
import type { Diff, DiffFile } from './diff-file.ts';
import { DiffPane, type DiffPaneHandle } from './diff-pane.tsx';
import { diffRows, lineKey, lineToComment, type ShownLine } from './diff-rows.ts';
import { PolicyVerdicts, TestsBeside } from './evidence-tabs.tsx';
import { FilesButton } from './files-button.tsx';
import { FileList, type FileOrder } from './file-list.tsx';
import { intentItems, treeItems } from './file-tree.ts';
import { fileIsOut, leftOutCounts, leftOutOf, toggleFile, toggleHunk } from './left-out.ts';
import type { Hunk } from './patch-lines.ts';
import { ReviewDialogs, type ReviewDialog } from './review-dialogs.tsx';
import { ReviewFooter } from './review-footer.tsx';
import { ReviewHead, tabs, type Tab } from './review-head.tsx';
import { strings } from './strings.ts';
import { useCursor } from './use-cursor.ts';
import { useGaps } from './use-gaps.ts';
import { useMarks } from './use-marks.ts';
import { useReviewActions } from './use-review-actions.ts';

/** Two columns of code have room from this width on. */
const splitFrom = 1_100;
const wrapBelow = 720;

/** One result, read line by line and then decided. */
export function ReviewPage({
  detail,
  diff,
  story,
}: {
  detail: RunDetail;
  diff: Diff;
  story: Story | undefined;
}) {
  const { run, checkpoints, possible } = detail;
  usePageTitle(strings.pageTitle(run.name));
  const router = useRouter();
  const narrow = useMedia('(max-width: 899px)');
  const [measure, width] = useWidth();
  const marks = useMarks(run.id, diff.headCommit);
  const { gaps, openGap } = useGaps(run.id);
  const [tabValue, setTab] = useSearchValue('tab', 'changes');
  const tab: Tab = tabs.find((each) => each === tabValue) ?? 'changes';
  const [layout, setLayout] = useSearchValue('layout', '');
  const split = layout === '' ? width >= splitFrom : layout === 'split';
  // Side by side, and in a narrow window, there is no room for long lines, so they wrap there until told otherwise.
  const [wrapChoice, setWrap] = useState<boolean>();
  const wrap = wrapChoice ?? (split || (width > 0 && width < wrapBelow));
  const [hideWhitespace, setHideWhitespace] = useState(false);
  const [orderValue, setOrder] = useSearchValue('files', 'intent');
  const told = (story?.steps.length ?? 0) > 0;
  const order: FileOrder = told && orderValue !== 'tree' ? 'intent' : 'tree';
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const again = possible.includes('apply_again');
  const decidable = again || possible.includes('apply');
  // A link may ask for the decision at once: the run page does where a result is to be applied again.
  const [decide] = useSearchValue('decide');
  const [dialog, setDialog] = useState<ReviewDialog | null>(decide === 'apply' && again ? 'apply' : null);
  const pane = useRef<DiffPaneHandle>(null);
  const [asked, setAsked] = useState(false);
  const onAsked = useCallback(() => {
    setAsked(false);
  }, []);

  const viewed = useMemo(() => new Set(marks.viewed), [marks.viewed]);
  const conflicts = useMemo(() => new Set(diff.conflicts), [diff.conflicts]);
  const items = useMemo(
    () =>
      order === 'intent'
        ? intentItems(diff.files, story?.steps ?? [], {
            other: strings.files.other,
            last: strings.files.collapsed,
          })
        : treeItems(diff.files, strings.files.collapsed),
    [diff.files, order, story],
  );
  const files = useMemo(() => items.flatMap((item) => (item.kind === 'file' ? item.file : [])), [items]);
  const said = useMemo(() => wordsByHunk(diff.files, story), [diff.files, story]);
  const editing = marks.draft?.key ?? null;
  const commented = useMemo(
    () => new Set([...Object.keys(marks.comments), ...(editing === null ? [] : [editing])]),
    [marks.comments, editing],
  );
  const rows = useMemo(
    () =>
      diffRows(files, {
        split,
        hideWhitespace,
        toggled,
        viewed,
        commented,
        leftOut: decidable ? marks.leftOut : {},
        gaps,
      }),
    [files, split, hideWhitespace, toggled, viewed, commented, decidable, marks.leftOut, gaps],
  );
  const leftOut = useMemo(
    () => (decidable ? leftOutOf(marks.leftOut, diff.files, diff.headCommit) : undefined),
    [decidable, marks.leftOut, diff],
  );
  const { cursor, setCursor, go, hop } = useCursor(rows, pane);
  // A link may name a file: it is gone to once its rows are there.
  const [wanted] = useSearchValue('file');
  const gone = useRef(false);
  useEffect(() => {
    const at = gone.current || wanted === '' ? -1 : rows.findIndex(({ file }) => file.path === wanted);
    if (at < 0) return;
    gone.current = true;
    go(at);
  }, [wanted, rows, go]);

  const toggle = useCallback((path: string) => {
    setToggled((held) => {
      const next = new Set(held);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  }, []);
  const { setViewed, setDraft, setLeftOut } = marks;
  const view = useCallback(
    (path: string, seen: boolean) => {
      // A file opened or closed by hand goes by its mark again.
      setToggled((held) => new Set([...held].filter((each) => each !== path)));
      setViewed(path, seen);
    },
    [setViewed],
  );
  const comment = useCallback(
    ({ path }: DiffFile, line: ShownLine) => {
      const side = line.new === null ? 'old' : 'new';
      const at = { path, line: line.new ?? line.old ?? 0, side, quote: line.text, text: '' } as const;
      setDraft({ key: lineKey(path, line), comment: at });
      setAsked(true);
    },
    [setDraft],
  );
  const leaveOut = useCallback(
    (of: DiffFile, hunk: Hunk | null) => {
      setLeftOut((held) => (hunk ? toggleHunk(held, of, hunk) : toggleFile(held, of)));
    },
    [setLeftOut],
  );
  const takeAll = (): void => {
    setLeftOut(() => ({}));
  };
  const openFile = useCallback(
    (path: string) => {
      setTab('changes');
      go(rows.findIndex((row) => row.kind === 'file' && row.file.path === path));
    },
    [go, rows, setTab],
  );
  const ask = (paths: readonly string[]): void => {
    if (marks.general.trim() === '') marks.setGeneral(strings.conflict.askText(diff.target, paths));
    setDialog('sendBack');
  };

  const at = rows[cursor];
  const file = at?.file ?? files.find((each) => each.path === current);
  const line = at === undefined ? null : lineToComment(rows, cursor);
  const gap = at?.kind === 'hunk' || at?.kind === 'rest' ? at.gap : null;
  const undo = useUndoApply(detail, () => {
    setDialog('rollBack');
  });
  useReviewActions(detail, {
    undoTitle: undo.title,
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
    leaveOut:
      at && decidable
        ? () => {
            leaveOut(at.file, 'hunk' in at ? at.hunk : null);
          }
        : undefined,
    expand:
      file && gap
        ? () => {
            openGap(file, gap);
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
    rollBack: undo.press,
    sendBack: () => {
      setDialog('sendBack');
    },
    discard: () => {
      setDialog('discard');
    },
  });

  const list = (opened?: () => void) => (
    <FileList
      items={items}
      total={diff.files.length}
      viewed={viewed}
      conflicts={conflicts}
      isOut={(path) => decidable && fileIsOut(marks.leftOut, path)}
      current={current}
      order={told ? order : undefined}
      onOrder={setOrder}
      onOpen={(path) => {
        opened?.();
        openFile(path);
      }}
    />
  );
  const document = (
    <div ref={measure} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <DiffPane
        ref={pane}
        rows={rows}
        wrap={wrap}
        viewed={viewed}
        cursor={cursor}
        onCursor={setCursor}
        onToggle={toggle}
        onFileInView={setCurrent}
        review={{
          comments: marks.comments,
          editing,
          draft: marks.draft?.comment.text ?? '',
          asked,
          onAsked,
          said,
          onViewed: view,
          onComment: comment,
          onGap: openGap,
          onLeaveOut: decidable ? leaveOut : undefined,
          onEdit: (key) => {
            const held = key === null ? undefined : marks.comments[key];
            setDraft(key !== null && held ? { key, comment: held } : null);
            setAsked(key !== null);
            if (key === null) pane.current?.focus();
          },
          onDraft: (key, text) => {
            if (marks.draft?.key === key) setDraft({ key, comment: { ...marks.draft.comment, text } });
          },
          onSave: (key, text) => {
            if (marks.draft?.key === key) marks.setComment(key, { ...marks.draft.comment, text });
            pane.current?.focus();
          },
          onRemove: (key) => {
            marks.setComment(key, undefined);
          },
        }}
      />
    </div>
  );
  const look = runLook(run.status);
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
      {decidable || possible.includes('roll_back') ? (
        <TitleBarActions>
          {decidable ? (
            <ActionButton id="review.apply" size="small" variant="primary" icon={GitMerge} />
          ) : (
            <ActionButton id="review.roll-back" size="small" icon={Undo2} />
          )}
        </TitleBarActions>
      ) : null}
      <ReviewHead
        detail={detail}
        diff={diff}
        viewed={diff.files.filter(({ path }) => viewed.has(path)).length}
        tab={tab}
        onTab={setTab}
        files={narrow ? <FilesButton count={diff.files.length} list={list} /> : null}
        view={{ split, setLayout, wrap, setWrap, hideWhitespace, setHideWhitespace }}
      />
      {run.status === 'review' ? (
        <ConflictBar
          diff={diff}
          onOpen={openFile}
          onAsk={() => {
            ask(diff.conflicts);
          }}
        />
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
            first={list()}
            second={document}
            initial={264}
            minimum={180}
            maximum={480}
          />
        )
      ) : null}
      {decidable && !again ? (
        <ReviewFooter
          comments={Object.keys(marks.comments).length}
          leftOut={leftOutCounts(leftOut)}
          onTakeAll={takeAll}
        />
      ) : null}
      <ReviewDialogs
        open={dialog}
        run={run}
        diff={diff}
        marks={marks}
        leftOut={leftOut}
        onTakeAll={takeAll}
        onAsk={ask}
        onClose={() => {
          setDialog(null);
        }}
        onLeave={() => {
          setDialog(null);
          router.go(to('run', { id: run.id }));
        }}
      />
    </div>
  );
}
