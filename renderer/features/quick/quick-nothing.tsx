import { CircleCheck } from 'lucide-react';
import { useOverview } from '../../client/client-context.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';

/** Nothing waits: says so, what works meanwhile, and when the next thing is due. */
export function QuickNothing({ running }: { running: number }) {
  const next = useOverview()?.nextDueAt ?? null;
  return (
    <div className="flex flex-col items-center gap-4 px-24 py-48 text-center">
      <CircleCheck aria-hidden size={24} strokeWidth={1.5} className="mb-8 text-ink-3" />
      <p className="text-title font-strong">{strings.empty}</p>
      <p className="text-ink-2">{strings.emptyDetail(running)}</p>
      {next === null ? null : (
        <p className="text-ink-2">
          {strings.next} <Time at={next} />
        </p>
      )}
    </div>
  );
}
