import { Undo2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';
import type { Held } from '../inbox/held-decision.ts';

/** What was decided, in the place where it stood, for as long as it can be taken back. */
export function HeldRow({ held, onUndo }: { held: Held; onUndo: () => void }) {
  const now = useNow(1000);
  const left = Math.min(8, Math.max(1, Math.ceil((held.until - now) / 1000)));
  const did = strings.did[held.choice.action] ?? held.choice.label;
  return (
    <li className="flex h-40 items-center gap-12 border-b border-line px-16">
      <StatusGlyph shape="check" tone="neutral" />
      <p className="min-w-0 flex-1 truncate text-ink-2">
        <span role="status" className="font-medium text-ink">
          {did}
        </span>{' '}
        {held.items[0]?.title}
      </p>
      <span className="shrink-0 text-meta text-ink-3 tabular-nums">{strings.seconds(left)}</span>
      <Button size="small" icon={Undo2} keys="u" onClick={onUndo}>
        {strings.undo}
      </Button>
    </li>
  );
}
