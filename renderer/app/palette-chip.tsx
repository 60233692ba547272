import { X } from 'lucide-react';
import { strings } from './strings.ts';

/** What the rows below are about; a press, or Backspace in the empty field, takes it away. */
export function PaletteChip({ text, label, onPress }: { text: string; label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="inline-flex h-24 max-w-[50%] shrink-0 items-center gap-4 rounded-chip bg-selected px-8 text-meta text-ink hover:bg-hover"
    >
      <span className="truncate">{strings.palette.on(text)}</span>
      <X aria-label={label} size={14} strokeWidth={1.5} className="shrink-0" />
    </button>
  );
}
