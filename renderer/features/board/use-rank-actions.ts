import type { Action } from '../../app/actions.ts';
import { useClient } from '../../client/client-context.tsx';
import type { ProposalCard } from '../../client/patch.ts';
import { useDecisions } from '../proposal/decisions.ts';
import { useCursor } from './board-context.tsx';
import { focusCard } from './board-cursor.ts';
import type { Layout } from './board-layout.ts';
import { strings } from './strings.ts';
import { usePlace } from './use-place.ts';

const words = strings.actions;
const base = { group: strings.group, scope: 'view' } as const;

/** What is given to a card, or to all that are selected, besides a decision: its place, its goal, its project, its priority. */
export function useRankActions(
  card: ProposalCard | undefined,
  anyChecked: boolean,
  layout: Layout,
): Action[] {
  const client = useClient();
  const cursor = useCursor();
  const decisions = useDecisions();
  const place = usePlace();
  const chosen = card === undefined ? strings.noCard : undefined;
  const among = card === undefined ? [] : layout.around(card.id, card.stage);
  const at = card === undefined ? -1 : among.indexOf(card.id);

  const step = (by: 1 | -1): Pick<Action, 'unavailable' | 'run'> => {
    const anchor = among[at + by];
    const end = by < 0 ? strings.rank.first : strings.rank.last;
    return {
      unavailable: chosen ?? (anchor === undefined ? end : undefined),
      run: () => {
        if (!card || anchor === undefined) return;
        place(card, { anchor, side: by < 0 ? 'above' : 'below' }, among, false);
        focusCard(cursor, card.id);
      },
    };
  };
  const several = (): readonly ProposalCard[] => {
    const { byId } = client.cards.getState();
    if (!anyChecked) return card ? [card] : [];
    return [...cursor.getState().checked].flatMap((id) => byId.get(id) ?? []);
  };
  const pick = (what: 'goal' | 'project' | 'priority'): Pick<Action, 'unavailable' | 'run'> => ({
    unavailable: anyChecked ? undefined : chosen,
    run: () => {
      decisions.pick(what, several());
    },
  });
  return [
    { ...base, id: 'board.up', title: words.up, keys: 'Shift+ArrowUp', repeats: true, ...step(-1) },
    { ...base, id: 'board.down', title: words.down, keys: 'Shift+ArrowDown', repeats: true, ...step(1) },
    { ...base, id: 'board.goal', title: words.goal, keys: 'o', ...pick('goal') },
    { ...base, id: 'board.project', title: words.project, ...pick('project') },
    { ...base, id: 'board.priority', title: words.priority, keys: 'p', ...pick('priority') },
  ];
}
