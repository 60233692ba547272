import { Check } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph, type GlyphShape } from '../../ui/status-glyph.tsx';
import { runsWords } from './runs-words.ts';

/** What a row begins with: its status, and in its place a box while the pointer is on the row or runs are being selected. */
export function RowCheck({
  number,
  shape,
  checked,
  checking,
  onCheck,
}: {
  number: number;
  shape: GlyphShape;
  checked: boolean;
  checking: boolean;
  onCheck: (range: boolean) => void;
}) {
  return (
    <span className="inline-flex size-16 shrink-0 items-center justify-center">
      <span className={cx('contents', checking ? '*:hidden' : 'group-hover/row:*:hidden')}>
        <StatusGlyph shape={shape} />
      </span>
      <button
        type="button"
        role="checkbox"
        aria-checked={checked}
        aria-label={runsWords.select.row(number)}
        // The keyboard selects by the key for it, wherever it stands in the list.
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          onCheck(event.shiftKey);
        }}
        onDoubleClick={(event) => {
          event.stopPropagation();
        }}
        className={cx(
          '-m-4 size-24 shrink-0 items-center justify-center rounded-chip',
          checking ? 'inline-flex' : 'hidden group-hover/row:inline-flex',
        )}
      >
        <span
          className={cx(
            'inline-flex size-16 items-center justify-center rounded-chip',
            checked ? 'bg-accent text-on-accent' : 'border border-control bg-surface',
          )}
        >
          {checked ? <Check aria-hidden size={14} strokeWidth={2} /> : null}
        </span>
      </button>
    </span>
  );
}
