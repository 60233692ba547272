import { ArrowDown, ArrowUp, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { strings } from './strings.ts';

const words = strings.find;

/** Finds in the whole timeline: what is looked for, which of how many, and the way to the next. */
export function FindBox({
  text,
  onText,
  asked,
  at,
  total,
  complete,
  pending,
  failure,
  onStep,
  onClose,
}: {
  text: string;
  onText: (text: string) => void;
  /** Grows each time the box is asked for: then it takes the focus. */
  asked: number;
  /** The one that is shown, from 1; 0: none yet. */
  at: number;
  total: number;
  complete: boolean;
  pending: boolean;
  failure: string | undefined;
  onStep: (direction: 1 | -1) => void;
  onClose: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const told =
    text.trim() === '' ? '' : pending ? words.pending : total === 0 ? words.nothing : words.count(at, total);
  return (
    <div role="search" aria-label={words.label} className="flex items-center gap-4">
      <div className="flex h-28 items-center gap-6 rounded-control border border-control bg-surface px-8 focus-within:outline-2 focus-within:outline-focus">
        <Search aria-hidden size={14} strokeWidth={1.5} className="shrink-0 text-ink-3" />
        <input
          ref={input}
          aria-label={words.label}
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            onText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') onClose();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          className="w-[160px] min-w-0 bg-transparent text-body text-ink outline-none placeholder:text-ink-3"
        />
        <span
          role="status"
          title={failure ?? (complete ? undefined : words.partial)}
          className="text-meta whitespace-nowrap text-ink-2 tabular-nums"
        >
          {failure === undefined ? told : words.failed}
          {complete || told === '' ? '' : ' …'}
        </span>
      </div>
      <IconButton
        icon={ArrowUp}
        size="small"
        label={words.previous}
        onClick={() => {
          onStep(-1);
        }}
        unavailable={total === 0 ? words.nothing : undefined}
      />
      <IconButton
        icon={ArrowDown}
        size="small"
        label={words.next}
        onClick={() => {
          onStep(1);
        }}
        unavailable={total === 0 ? words.nothing : undefined}
      />
      <IconButton icon={X} size="small" label={words.close} onClick={onClose} />
    </div>
  );
}
