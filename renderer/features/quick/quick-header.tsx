import { Diamond, LoaderCircle } from 'lucide-react';
import { useOverview } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { strings } from './strings.ts';

/** How many wait and how many work, and the one switch for all of it. */
export function QuickHeader({ onHold }: { onHold: () => void }) {
  const overview = useOverview();
  return (
    <header className="flex h-40 shrink-0 items-center gap-16 border-b border-line px-16">
      <h1 className="sr-only">{strings.title}</h1>
      {overview ? (
        <Counts needsYou={overview.needsYou} running={overview.running} heldAll={overview.heldAll} />
      ) : null}
      <Button size="small" className="ms-auto" keys="p" onClick={onHold}>
        {overview?.heldAll ? strings.resume : strings.pauseAll}
      </Button>
    </header>
  );
}

function Counts({ needsYou, running, heldAll }: { needsYou: number; running: number; heldAll: boolean }) {
  return (
    <p className="flex min-w-0 items-center gap-12 truncate font-medium tabular-nums">
      {needsYou > 0 ? (
        <span className="flex items-center gap-6 text-attention-text">
          <Diamond aria-hidden size={14} fill="currentColor" />
          {strings.needsYou(needsYou)}
        </span>
      ) : null}
      {running > 0 ? (
        <span className="flex items-center gap-6 text-running-text">
          <LoaderCircle aria-hidden size={14} />
          {strings.running(running)}
        </span>
      ) : null}
      {heldAll ? <span className="text-ink-2">{strings.paused}</span> : null}
      {needsYou === 0 && running === 0 && !heldAll ? (
        <span className="text-ink-2">{strings.quiet}</span>
      ) : null}
    </p>
  );
}
