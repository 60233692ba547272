import { Button } from '../../ui/button.tsx';
import { SplitLine, UnifiedLine } from './diff-line.tsx';
import type { DiffFile, DiffRow, ShownLine } from './diff-rows.ts';
import { FileHead } from './file-head.tsx';
import { LineCommentBox } from './line-comment-box.tsx';
import type { LineComment } from './review-marks.ts';
import { strings } from './strings.ts';
import type { TokensOf } from './use-highlight.ts';

/** What a row of the diff needs to be drawn and acted on. */
export interface DiffRowProps {
  readonly wrap: boolean;
  readonly viewed: ReadonlySet<string>;
  readonly comments: Readonly<Record<string, LineComment>>;
  readonly editing: string | null;
  readonly onToggle: (path: string) => void;
  readonly onViewed: (path: string, viewed: boolean) => void;
  readonly onComment: (file: DiffFile, line: ShownLine) => void;
  readonly onEdit: (key: string | null) => void;
  readonly onSave: (key: string, text: string) => void;
  readonly onRemove: (key: string) => void;
}

export function DiffRowView({
  row,
  tokensOf,
  props,
}: {
  row: DiffRow;
  tokensOf: TokensOf;
  props: DiffRowProps;
}) {
  const { wrap } = props;
  switch (row.kind) {
    case 'file':
      return (
        <FileHead
          file={row.file}
          open={row.open}
          viewed={props.viewed.has(row.file.path)}
          onToggle={() => {
            props.onToggle(row.file.path);
          }}
          onViewed={(viewed) => {
            props.onViewed(row.file.path, viewed);
          }}
        />
      );
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
      return (
        <div className="flex h-full items-center gap-12 bg-inset px-16 font-mono text-micro font-regular text-ink-3">
          {row.hunk.skipped > 0 ? (
            <span className="shrink-0">{strings.diff.unchanged(row.hunk.skipped)}</span>
          ) : null}
          <span className="truncate">{row.hunk.heading}</span>
        </div>
      );
    case 'line':
      return (
        <UnifiedLine
          file={row.file}
          line={row.line}
          tokens={tokensOf(row.file, row.line)}
          wrap={wrap}
          onComment={props.onComment}
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
          onComment={props.onComment}
        />
      );
    case 'plain':
      return <pre className="h-20 overflow-hidden ps-20 text-code whitespace-pre text-ink">{row.text}</pre>;
    case 'comment':
      return (
        <LineCommentBox
          key={row.key}
          comment={props.comments[row.lineKey]}
          editing={props.editing === row.lineKey}
          onEdit={() => {
            props.onEdit(row.lineKey);
          }}
          onSave={(text) => {
            props.onSave(row.lineKey, text);
          }}
          onCancel={() => {
            props.onEdit(null);
          }}
          onRemove={() => {
            props.onRemove(row.lineKey);
          }}
        />
      );
  }
}
