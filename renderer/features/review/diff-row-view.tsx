import { Button } from '../../ui/button.tsx';
import { SplitLine, UnifiedLine } from './diff-line.tsx';
import type { DiffRowProps, RowReview } from './diff-row-props.ts';
import type { DiffRow } from './diff-rows.ts';
import { FileHead } from './file-head.tsx';
import { GapButton, HunkHead } from './hunk-head.tsx';
import { LineCommentBox } from './line-comment-box.tsx';
import { strings } from './strings.ts';
import type { TokensOf } from './use-highlight.ts';

export function DiffRowView({
  row,
  tokensOf,
  props,
}: {
  row: DiffRow;
  tokensOf: TokensOf;
  props: DiffRowProps;
}) {
  const { wrap, review } = props;
  switch (row.kind) {
    case 'file':
      return <RowFileHead row={row} props={props} />;
    case 'note':
      return (
        <div className="flex h-36 items-center gap-12 px-16 text-meta text-ink-2">
          {row.text}
          {row.showable ? (
            <Button
              size="small"
              onClick={() => {
                props.onToggle(row.file.path);
              }}
            >
              {strings.diff.show}
            </Button>
          ) : null}
        </div>
      );
    case 'hunk':
      return <HunkHead row={row} review={review} />;
    case 'rest':
      return review ? (
        <div className="flex h-28 items-center bg-inset px-12">
          <GapButton
            label={strings.diff.showRest}
            text={strings.diff.rest}
            onPress={() => {
              review.onGap(row.file, row.gap);
            }}
          />
        </div>
      ) : null;
    case 'line':
      return (
        <UnifiedLine
          file={row.file}
          line={row.line}
          tokens={tokensOf(row.file, row.line)}
          wrap={wrap}
          out={row.out}
          onComment={review?.onComment}
        />
      );
    case 'pair':
      return (
        <SplitLine
          file={row.file}
          left={row.left}
          right={row.right}
          leftTokens={row.left ? tokensOf(row.file, row.left) : undefined}
          rightTokens={row.right ? tokensOf(row.file, row.right) : undefined}
          wrap={wrap}
          out={row.out}
          onComment={review?.onComment}
        />
      );
    case 'plain':
      return <pre className="h-20 overflow-hidden ps-20 text-code whitespace-pre text-ink">{row.text}</pre>;
    case 'comment':
      return review ? <RowComment lineKey={row.lineKey} review={review} /> : null;
  }
}

/** The heading of a file, in its place and where it sticks to the top. */
export function RowFileHead({
  row: { file, open, out },
  props: { viewed, onToggle, review },
}: {
  row: Pick<Extract<DiffRow, { kind: 'file' }>, 'file' | 'open' | 'out'>;
  props: DiffRowProps;
}) {
  const { onLeaveOut } = review ?? {};
  return (
    <FileHead
      file={file}
      open={open}
      viewed={viewed.has(file.path)}
      out={out}
      onToggle={() => {
        onToggle(file.path);
      }}
      onViewed={
        review &&
        ((seen) => {
          review.onViewed(file.path, seen);
        })
      }
      onLeaveOut={
        onLeaveOut &&
        (() => {
          onLeaveOut(file, null);
        })
      }
    />
  );
}

function RowComment({ lineKey, review }: { lineKey: string; review: RowReview }) {
  const editing = review.editing === lineKey;
  return (
    <LineCommentBox
      key={lineKey}
      comment={review.comments[lineKey]}
      editing={editing}
      draft={editing ? review.draft : ''}
      takesFocus={editing && review.asked}
      onFocused={review.onAsked}
      onDraft={(text) => {
        review.onDraft(lineKey, text);
      }}
      onEdit={() => {
        review.onEdit(lineKey);
      }}
      onSave={(text) => {
        review.onSave(lineKey, text);
      }}
      onCancel={() => {
        review.onEdit(null);
      }}
      onRemove={() => {
        review.onRemove(lineKey);
      }}
    />
  );
}
