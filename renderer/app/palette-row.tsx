import { ChevronRight } from 'lucide-react';
import { cx } from '../ui/cx.ts';
import { KeyCaps } from '../ui/kbd.tsx';
import { Marked } from '../ui/marked.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import type { PaletteRow } from './palette-results.ts';
import { strings } from './strings.ts';

const words = strings.palette;

export function PaletteRowView({
  row,
  id,
  active,
  former,
  onHover,
  onPress,
}: {
  row: PaletteRow;
  /** Undefined: it is shown, but not offered. */
  id?: string | undefined;
  active: boolean;
  /** Found for what was typed before. */
  former?: boolean;
  onHover?: () => void;
  onPress?: () => void;
}) {
  const off = row.unavailable !== undefined;
  return (
    <div
      id={id}
      role={former ? 'presentation' : 'option'}
      aria-hidden={former || undefined}
      aria-selected={former ? undefined : active}
      aria-disabled={off || undefined}
      onPointerMove={onHover}
      onClick={onPress}
      className={cx(
        'flex h-36 items-center gap-8 rounded-control px-12',
        active && 'bg-selected',
        off || former ? 'text-ink-3' : 'text-ink',
      )}
    >
      {row.glyph ? <StatusGlyph {...row.glyph} /> : null}
      <span className={cx('min-w-0 truncate', row.found && 'max-w-[50%] shrink-0')}>
        <Marked text={row.title} ranges={former ? undefined : row.titleRanges} />
      </span>
      {row.found ? (
        <span className="min-w-0 flex-1 truncate text-meta text-ink-2">
          <Marked text={row.found.text} ranges={former ? undefined : row.found.ranges} />
        </span>
      ) : null}
      <span className="ms-auto flex min-w-0 shrink-0 items-center gap-8 ps-12">
        {row.detail ? (
          <span className="max-w-[220px] truncate text-meta text-ink-3">{row.detail}</span>
        ) : null}
        {off ? (
          <span className="text-meta">
            {words.unavailable}: {row.unavailable}
          </span>
        ) : row.keys ? (
          <KeyCaps keys={row.keys} />
        ) : null}
        {row.more && active ? (
          <ChevronRight aria-hidden size={14} strokeWidth={1.5} className="text-ink-3" />
        ) : null}
      </span>
    </div>
  );
}
