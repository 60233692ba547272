import { memo, type ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { DiffText } from './diff-text.tsx';
import type { DiffFile } from './diff-file.ts';
import type { ShownLine } from './diff-rows.ts';
import type { Token } from './highlight-worker.ts';
import { strings } from './strings.ts';

const look = {
  context: { row: '', edge: 'border-s-transparent', sign: ' ' },
  add: { row: 'bg-diff-add-line', edge: 'border-s-success', sign: '+' },
  delete: { row: 'bg-diff-delete-line', edge: 'border-s-danger', sign: '−' },
} as const;
/** A line that is left out keeps its sign and loses its colours: it is read, and is not part of what comes. */
const outRow =
  'border-s-transparent bg-inset bg-[repeating-linear-gradient(135deg,var(--color-line)_0_1px,transparent_1px_6px)]';
const none: readonly never[] = [];
const words = strings.diff;

/** Lines are many and scroll fast: one is drawn again only when its own words, colours or width change. */
export const UnifiedLine = memo(function UnifiedLine({
  file,
  line,
  tokens,
  wrap,
  out,
  onComment,
}: {
  file: DiffFile;
  line: ShownLine;
  tokens: readonly Token[] | undefined;
  wrap: boolean;
  out: boolean;
  onComment: ((file: DiffFile, line: ShownLine) => void) | undefined;
}) {
  const { row, edge } = look[line.kind];
  return (
    <div
      className={cx(
        'group/line grid min-h-20 grid-cols-[48px_48px_minmax(0,1fr)] border-s-3',
        out && line.kind !== 'context' ? outRow : cx(row, edge),
      )}
    >
      <LineNumber value={line.old} />
      <LineNumber
        value={line.new}
        onComment={
          onComment &&
          (() => {
            onComment(file, line);
          })
        }
      />
      <Code line={line} tokens={tokens} wrap={wrap} out={out} />
    </div>
  );
});

/** Two lines that face each other; either may be missing. */
export const SplitLine = memo(function SplitLine({
  file,
  left,
  right,
  leftTokens,
  rightTokens,
  wrap,
  out,
  onComment,
}: {
  file: DiffFile;
  left: ShownLine | null;
  right: ShownLine | null;
  leftTokens: readonly Token[] | undefined;
  rightTokens: readonly Token[] | undefined;
  wrap: boolean;
  out: boolean;
  onComment: ((file: DiffFile, line: ShownLine) => void) | undefined;
}) {
  const named = right ?? left;
  return (
    <div className="grid min-h-20 grid-cols-2">
      <Half line={left} number={left?.old ?? null} divider={false} out={out}>
        {left ? <Code line={left} tokens={leftTokens} wrap={wrap} out={out} /> : null}
      </Half>
      <Half line={right} number={right?.new ?? null} divider out={out}>
        {right ? <Code line={right} tokens={rightTokens} wrap={wrap} out={out} /> : null}
        {named && onComment ? (
          <CommentButton
            onComment={() => {
              onComment(file, named);
            }}
          />
        ) : null}
      </Half>
    </div>
  );
});

function Half({
  line,
  number,
  divider,
  out,
  children,
}: {
  line: ShownLine | null;
  number: number | null;
  divider: boolean;
  out: boolean;
  children: ReactNode;
}) {
  const { row, edge } = line ? look[line.kind] : { row: 'bg-inset', edge: 'border-s-transparent' };
  return (
    <div
      className={cx(
        'group/line relative grid min-w-0 grid-cols-[48px_minmax(0,1fr)] border-s-3',
        out && line && line.kind !== 'context' ? outRow : cx(row, edge),
        divider && 'shadow-[-4px_0_0_-3px_var(--color-line)]',
      )}
    >
      <LineNumber value={number} />
      {children}
    </div>
  );
}

function LineNumber({ value, onComment }: { value: number | null; onComment?: (() => void) | undefined }) {
  return (
    <span className="relative pe-8 text-end font-mono text-micro leading-[20px] font-regular text-ink-3 select-none">
      {value}
      {onComment ? <CommentButton onComment={onComment} /> : null}
    </span>
  );
}

/** Shown where the pointer is; from the keyboard the same is one key away. */
function CommentButton({ onComment }: { onComment: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={words.comment}
      title={words.comment}
      onClick={(event) => {
        event.stopPropagation();
        onComment();
      }}
      className="absolute top-0 start-0 hidden size-20 items-center justify-center rounded-chip bg-accent text-meta font-medium text-on-accent group-hover/line:inline-flex"
    >
      +
    </button>
  );
}

function Code({
  line,
  tokens,
  wrap,
  out,
}: {
  line: ShownLine;
  tokens: readonly Token[] | undefined;
  wrap: boolean;
  out: boolean;
}) {
  const quiet = out && line.kind !== 'context';
  const { sign } = look[line.kind];
  return (
    <code
      translate="no"
      className={cx(
        'relative block min-w-0 pe-8 ps-20 font-mono text-code',
        quiet ? 'text-ink-3' : 'text-ink',
        wrap ? 'whitespace-pre-wrap wrap-anywhere' : 'overflow-hidden whitespace-pre',
      )}
    >
      {line.kind === 'context' ? null : (
        <span
          aria-label={line.kind === 'add' ? words.added : words.deleted}
          role="img"
          className="absolute start-4 text-ink-2 select-none"
        >
          {sign}
        </span>
      )}
      <DiffText
        text={line.text}
        tokens={quiet ? undefined : tokens}
        words={quiet ? none : line.words}
        kind={line.kind}
      />
      {line.noNewline ? <span className="ms-8 text-ink-3 select-none">{words.noNewline}</span> : null}
    </code>
  );
}
