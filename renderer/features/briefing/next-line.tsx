import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import type { ComesNext } from './briefing-types.ts';
import { timeIn } from './day-words.ts';
import { strings } from './strings.ts';

export function NextLine({ next, zone }: { next: ComesNext; zone: string }) {
  const { kind, id, ref, title, at, why } = next;
  return (
    <li className="flex items-baseline gap-12 border-b border-line py-6">
      <span className="w-[124px] shrink-0 text-body text-ink-2 tabular-nums">
        {at === null ? strings.asSoon : timeIn(zone, at)}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <Link
          location={kind === 'run' ? to('run', { id }) : to('intent', { id })}
          className="rounded-chip hover:underline"
        >
          {ref === '' ? null : <span className="me-8 font-mono text-meta text-ink-3">{ref}</span>}
          <span className="font-medium text-ink wrap-anywhere">{title}</span>
        </Link>
        {why === '' ? null : <span className="text-body text-ink-2">{why}</span>}
      </span>
    </li>
  );
}
