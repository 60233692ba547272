import type { Stage } from '../../../preload/contract/moves.ts';
import { useRouter } from '../../app/router-context.tsx';
import { to, type Location } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { useBoardState, useCursor } from './board-context.tsx';
import { focusCard } from './board-cursor.ts';
import { chosenCount } from './filter-address.ts';
import { strings } from './strings.ts';

/** Where what enters a column comes from. */
const before: Readonly<Partial<Record<Stage, Stage>>> = { research: 'idea', plan: 'idea', approved: 'plan' };
/** Where to look while nothing is there that could enter it. */
const meanwhile: Readonly<Partial<Record<Stage, Location>>> = {
  research: to('projects', {}),
  plan: to('settings', {}),
  approved: to('runs', {}),
};

/** Says what enters the column, and the one thing to do about it. */
export function EmptyColumn({ stage, onFold }: { stage: Stage; onFold: (() => void) | undefined }) {
  const decisions = useDecisions();
  const router = useRouter();
  const cursor = useCursor();
  const filtered = useBoardState(({ filter }) => Boolean(filter.search) || chosenCount(filter) > 0);
  const first = useBoardState(({ columns }) => {
    const from = before[stage];
    return from === undefined ? undefined : columns?.[from].ids[0];
  });
  const words = strings.empty[stage];
  if (filtered) return <p className="px-4 py-8 text-meta text-ink-3">{strings.noMatch}</p>;
  const elsewhere = onFold === undefined && first === undefined ? meanwhile[stage] : undefined;
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border border-dashed border-line px-12 py-12">
      <p className="text-body font-medium text-ink">{words.title}</p>
      <p className="text-meta text-ink-2 text-pretty">{words.detail}</p>
      <Button
        size="small"
        className="mt-4"
        onClick={() => {
          if (onFold) onFold();
          else if (first !== undefined) focusCard(cursor, first);
          else if (elsewhere) router.go(elsewhere);
          else decisions.create();
        }}
      >
        {elsewhere && 'meanwhile' in words ? words.meanwhile : words.action}
      </Button>
    </div>
  );
}
