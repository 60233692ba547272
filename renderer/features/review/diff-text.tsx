import { memo } from 'react';
import { cx } from '../../ui/cx.ts';
import type { Token, TokenKind } from './highlight-worker.ts';
import type { Range } from './word-diff.ts';

const colours: Record<TokenKind, string> = {
  keyword: 'text-syntax-keyword',
  string: 'text-syntax-string',
  function: 'text-syntax-function',
  type: 'text-syntax-type',
  number: 'text-syntax-number',
  comment: 'text-syntax-comment',
};

/** A line of code in its colours, with the words that changed set off. */
export const DiffText = memo(function DiffText({
  text,
  tokens,
  words,
  kind,
}: {
  text: string;
  tokens: readonly Token[] | undefined;
  words: readonly Range[];
  kind: 'context' | 'add' | 'delete';
}) {
  if (text === '') return '\n';
  const mark = kind === 'add' ? 'bg-diff-add-word' : 'bg-diff-delete-word';
  return pieces(text, tokens, words).map(({ from, to, token, changed }) => (
    <span
      key={from}
      className={cx(token && colours[token], changed && cx('rounded-[2px]', mark)) || undefined}
    >
      {text.slice(from, to)}
    </span>
  ));
});

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly token: TokenKind | null;
  readonly changed: boolean;
}

/** Cuts a line where its colour or its being changed begins or ends. */
export function pieces(text: string, tokens: readonly Token[] | undefined, words: readonly Range[]): Piece[] {
  const spans: { from: number; to: number; token: TokenKind | null }[] = [];
  let at = 0;
  for (const [length, token] of tokens ?? []) {
    spans.push({ from: at, to: at + length, token });
    at += length;
  }
  if (at < text.length) spans.push({ from: at, to: text.length, token: null });
  const found: Piece[] = [];
  for (const span of spans) {
    let from = span.from;
    for (const [start, end] of words) {
      if (end <= from || start >= span.to) continue;
      if (start > from) found.push({ from, to: start, token: span.token, changed: false });
      const to = Math.min(end, span.to);
      found.push({ from: Math.max(start, from), to, token: span.token, changed: true });
      from = to;
    }
    if (from < span.to) found.push({ from, to: span.to, token: span.token, changed: false });
  }
  return found;
}
