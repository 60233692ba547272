import type { Stage } from '../../../preload/contract/moves.ts';
import { Button } from '../../ui/button.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { useBoardState } from './board-context.tsx';
import { chosenCount } from './filter-address.ts';
import { strings } from './strings.ts';

/** Says what enters the column, and the one thing to do about it. */
export function EmptyColumn({ stage }: { stage: Stage }) {
  const decisions = useDecisions();
  const filtered = useBoardState(({ filter }) => Boolean(filter.search) || chosenCount(filter) > 0);
  const words = strings.empty[stage];
  if (filtered) return <p className="px-4 py-8 text-meta text-ink-3">{strings.noMatch}</p>;
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border border-dashed border-line px-12 py-12">
      <p className="text-body font-medium text-ink">{words.title}</p>
      <p className="text-meta text-ink-2 text-pretty">{words.detail}</p>
      {'action' in words ? (
        <Button
          size="small"
          className="mt-4"
          onClick={() => {
            decisions.create();
          }}
        >
          {words.action}
        </Button>
      ) : null}
    </div>
  );
}
