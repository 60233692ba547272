import { MessageSquarePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { DiffText } from './diff-text.tsx';
import type { ShownLine } from './diff-rows.ts';
import type { Token } from './highlight-worker.ts';
import { strings } from './strings.ts';

const look = {
  context: { row: '', edge: 'border-l-transparent', sign: ' ' },
  add: { row: 'bg-diff-add-line', edge: 'border-l-success', sign: '+' },
  delete: { row: 'bg-diff-delete-line', edge: 'border-l-danger', sign: '−' },
} as const;
const words = strings.diff;

export interface CodeLineProps {
  readonly line: ShownLine;
  readonly tokens: readonly Token[] | undefined;
  readonly wrap: boolean;
  readonly onComment: (() => void) | undefined;
}

/** One line over the whole width: both numbers, the sign, the code. */
export function UnifiedLine(props: CodeLineProps) {
  const { line } = props;
  const { row, edge } = look[line.kind];
  return (
    <div className={cx('group/line grid min-h-20 grid-cols-[48px_48px_minmax(0,1fr)] border-l-3', row, edge)}>
      <LineNumber value={line.old} />
      <LineNumber value={line.new} onComment={props.onComment} />
      <Code {...props} />
    </div>
  );
}

/** Two lines that face each other; either may be missing. */
export function SplitLine({
  left,
  right,
  tokensOf,
  wrap,
  onComment,
}: {
  left: ShownLine | null;
  right: ShownLine | null;
  tokensOf: (line: ShownLine) => readonly Token[] | undefined;
  wrap: boolean;
  onComment: () => void;
}) {
  return (
    <div className="grid min-h-20 grid-cols-2">
      {([left, right] as const).map((line, side) => (
        <Half
          key={side}
          line={line}
          number={line ? (side === 0 ? line.old : line.new) : null}
          divider={side === 1}
        >
          {line ? <Code line={line} tokens={tokensOf(line)} wrap={wrap} onComment={undefined} /> : null}
          {side === 1 || !right ? <CommentButton onComment={onComment} /> : null}
        </Half>
      ))}
    </div>
  );
}

function Half({
  line,
  number,
  divider,
  children,
}: {
  line: ShownLine | null;
  number: number | null;
  divider: boolean;
  children: ReactNode;
}) {
  const { row, edge } = line ? look[line.kind] : { row: 'bg-inset', edge: 'border-l-transparent' };
  return (
    <div
      className={cx(
        'group/line relative grid min-w-0 grid-cols-[48px_minmax(0,1fr)] border-l-3',
        row,
        edge,
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
    <span className="relative pr-8 text-right font-mono text-micro leading-[20px] font-regular text-ink-3 select-none">
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
      className="absolute top-0 left-0 hidden size-20 items-center justify-center rounded-chip bg-accent text-on-accent group-hover/line:inline-flex"
    >
      <MessageSquarePlus aria-hidden size={12} strokeWidth={2} />
    </button>
  );
}

function Code({ line, tokens, wrap }: CodeLineProps) {
  const { sign } = look[line.kind];
  return (
    <code
      translate="no"
      className={cx(
        'relative block min-w-0 pr-8 pl-20 font-mono text-code text-ink',
        wrap ? 'whitespace-pre-wrap wrap-anywhere' : 'overflow-hidden whitespace-pre',
      )}
    >
      {line.kind === 'context' ? null : (
        <span
          aria-label={line.kind === 'add' ? words.added : words.deleted}
          role="img"
          className="absolute left-4 text-ink-2 select-none"
        >
          {sign}
        </span>
      )}
      <DiffText text={line.text} tokens={tokens} words={line.words} kind={line.kind} />
      {line.noNewline ? <span className="ml-8 text-ink-3 select-none">{words.noNewline}</span> : null}
    </code>
  );
}
