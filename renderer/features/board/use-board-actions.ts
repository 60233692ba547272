import { useEffect } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { movesFrom, type ProposalDecision, type Stage } from '../../../preload/contract/moves.ts';
import { useActions } from '../../app/actions-context.tsx';
import type { Action } from '../../app/actions.ts';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { href, to } from '../../app/routes.ts';
import { useCard, useClient } from '../../client/client-context.tsx';
import type { ProposalCard } from '../../client/patch.ts';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { useCursor, useCursorState } from './board-context.tsx';
import type { Layout } from './board-layout.ts';
import { focusCard, remember, toggleChecked } from './board-cursor.ts';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';
import { useRankActions } from './use-rank-actions.ts';

const words = strings.actions;
const track: readonly Stage[] = ['idea', 'research', 'plan', 'approved'];

/** What acts on the chosen card, or on those that are selected. */
const onCard: ReadonlySet<string> = new Set(
  [
    'open',
    'peek',
    'approve',
    'details',
    'skip',
    'reject',
    'snooze',
    'select',
    'copy',
    'menu',
    'forward',
    'back',
  ].map((verb) => `board.${verb}`),
);

export interface BoardActionsOptions {
  readonly shown: readonly Stage[];
  readonly layout: Layout;
  /** Undefined while there are no lanes. */
  readonly foldLane: ((card: ProposalCard) => void) | undefined;
  readonly peek: (id: string) => void;
  readonly focusFilter: () => void;
  readonly clearFilter: () => void;
  readonly openFilters: () => void;
  readonly openViews: () => void;
  readonly saveView: () => void;
  readonly nextLanes: () => void;
  readonly toggleRail: (rail: 'archived' | 'rejected') => void;
}

/** Everything the keyboard does on the board; the palette and the shortcuts sheet read the same list. */
export function useBoardActions({
  shown,
  layout,
  foldLane,
  peek,
  focusFilter,
  clearFilter,
  openFilters,
  openViews,
  saveView,
  nextLanes,
  toggleRail,
}: BoardActionsOptions): void {
  const client = useClient();
  const cursor = useCursor();
  const decisions = useDecisions();
  const router = useRouter();
  const toast = useToast();
  const focused = useCursorState((state) => state.focused);
  const anyChecked = useCursorState((state) => state.checked.size > 0);
  const card = useCard(focused ?? '');

  const { idsOf } = layout;
  useEffect(() => {
    if (focused === undefined) return;
    for (const stage of shown) {
      const index = idsOf(stage).indexOf(focused);
      if (index >= 0) remember(cursor, stage, index);
    }
  });
  const within = (stage: Stage, index: number): string | undefined => {
    const ids = idsOf(stage);
    return ids[Math.min(Math.max(index, 0), ids.length - 1)];
  };
  const step = (by: number): void => {
    const { stage, index } = cursor.getState().place;
    const has = focused !== undefined && idsOf(stage).includes(focused);
    const first = shown.find((each) => idsOf(each).length > 0);
    if (!has && idsOf(stage).length === 0 && first) focusCard(cursor, within(first, 0));
    else focusCard(cursor, within(stage, has ? index + by : index));
  };
  const jump = (index: number): void => {
    focusCard(cursor, within(cursor.getState().place.stage, index));
  };
  const sideways = (by: 1 | -1): void => {
    const next = layout.beside(focused, cursor.getState().place, by);
    if (next !== undefined) focusCard(cursor, next);
  };
  /** After a decision the neighbour is chosen, so that the next key decides the next card. */
  const advance = (): void => {
    const { stage, index } = cursor.getState().place;
    const ids = idsOf(stage);
    focusCard(cursor, ids[index + 1] ?? ids[index - 1]);
  };
  const all = (): readonly ProposalCard[] => {
    const { byId } = client.cards.getState();
    return [...cursor.getState().checked].flatMap((id) => byId.get(id) ?? []);
  };
  const decide = (...wanted: readonly ProposalDecision[]) => {
    const action = card && wanted.find((each) => movesFrom(card.stage).includes(each));
    return {
      unavailable: anyChecked
        ? undefined
        : card === undefined
          ? strings.noCard
          : action === undefined
            ? strings.notHere(words[wanted[0] as 'approve'], labels.stage[card.stage])
            : undefined,
      run: () => {
        const [bulk] = wanted;
        if (
          anyChecked &&
          (bulk === 'approve' || bulk === 'details' || bulk === 'skip' || bulk === 'reject')
        ) {
          const able = all().filter((each) => movesFrom(each.stage).includes(bulk));
          if (able.length > 0) decisions.decideAll(able, bulk);
          cursor.setState({ checked: new Set() });
        } else if (card && action) {
          // A dialog comes first for these; the card stays until it was answered.
          if (action !== 'execute' && action !== 'reject') advance();
          decisions.decide(card, action);
        }
      },
    };
  };
  const shift = (by: 1 | -1) => {
    const next = card && track[track.indexOf(card.stage) + by];
    const move = card && next && track.includes(card.stage) ? moveTo(card.stage, next) : undefined;
    return {
      unavailable: move === undefined ? strings.noCard : 'reason' in move ? move.reason : undefined,
      run: () => {
        if (card && move && 'action' in move) decisions.decide(card, move.action);
      },
    };
  };
  const chosen = card === undefined ? strings.noCard : undefined;
  const rank = useRankActions(card, anyChecked, layout);
  /** Selects the chosen card and the one it goes on to. */
  const extend = (by: 1 | -1): void => {
    const from = focused;
    step(by);
    const { focused: next, checked } = cursor.getState();
    const both = [from, next].filter((id) => id !== undefined);
    cursor.setState({ checked: new Set([...checked, ...both]) });
  };
  const base = { group: strings.group, scope: 'view' } as const;
  const move = { ...base, listed: false, repeats: true };

  const actions: readonly Action[] = [
    {
      ...move,
      id: 'board.next',
      title: words.next,
      keys: ['j', 'ArrowDown'],
      run: () => {
        step(1);
      },
    },
    {
      ...move,
      id: 'board.previous',
      title: words.previous,
      keys: ['k', 'ArrowUp'],
      run: () => {
        step(-1);
      },
    },
    {
      ...move,
      id: 'board.right',
      title: words.right,
      keys: ['l', 'ArrowRight'],
      run: () => {
        sideways(1);
      },
    },
    {
      ...move,
      id: 'board.left',
      title: words.left,
      keys: ['h', 'ArrowLeft'],
      run: () => {
        sideways(-1);
      },
    },
    {
      ...move,
      id: 'board.top',
      title: words.top,
      keys: 'Home',
      run: () => {
        jump(0);
      },
    },
    {
      ...move,
      id: 'board.bottom',
      title: words.bottom,
      keys: 'End',
      run: () => {
        jump(Infinity);
      },
    },
    {
      ...base,
      id: 'board.open',
      title: words.open,
      keys: 'Enter',
      unavailable: chosen,
      run: () => {
        if (card) router.go(to('proposal', { id: card.id }));
      },
    },
    {
      ...base,
      id: 'board.peek',
      title: words.peek,
      keys: 'Space',
      unavailable: chosen,
      run: () => {
        if (card) peek(card.id);
      },
    },
    {
      ...base,
      id: 'board.approve',
      title: words.approve,
      keys: 'a',
      ...decide('approve', 'execute', 'generate_plan'),
    },
    { ...base, id: 'board.details', title: words.details, keys: 'd', ...decide('details', 'more_details') },
    { ...base, id: 'board.skip', title: words.skip, keys: 'e', ...decide('skip') },
    { ...base, id: 'board.reject', title: words.reject, keys: 'r', ...decide('reject') },
    {
      ...base,
      id: 'board.snooze',
      title: words.snooze,
      keys: 's',
      unavailable: anyChecked ? undefined : chosen,
      run: () => {
        if (!anyChecked) {
          if (card) decisions.snooze(card);
          return;
        }
        const open = all().filter(
          ({ stage }) => stage === 'idea' || stage === 'research' || stage === 'plan',
        );
        if (open.length > 0) decisions.snooze(...open);
        cursor.setState({ checked: new Set() });
      },
    },
    {
      ...base,
      id: 'board.select',
      title: words.select,
      keys: 'x',
      unavailable: chosen,
      run: () => {
        if (card) toggleChecked(cursor, card.id);
      },
    },
    {
      ...move,
      id: 'board.extendDown',
      title: words.extendDown,
      keys: 'Shift+J',
      run: () => {
        extend(1);
      },
    },
    {
      ...move,
      id: 'board.extendUp',
      title: words.extendUp,
      keys: 'Shift+K',
      run: () => {
        extend(-1);
      },
    },
    {
      ...base,
      id: 'board.all',
      title: words.selectAll,
      keys: '$mod+a',
      run: () => {
        const { place, checked } = cursor.getState();
        cursor.setState({ checked: new Set([...checked, ...idsOf(place.stage)]) });
      },
    },
    {
      ...base,
      id: 'board.copy',
      title: words.copy,
      keys: '$mod+Shift+c',
      unavailable: chosen,
      run: () => {
        if (!card) return;
        const link = new URL(href(to('proposal', { id: card.id })), document.baseURI).toString();
        void navigator.clipboard.writeText(link).then(() => {
          toast({ text: strings.copied });
        });
      },
    },
    ...rank.map((action) => ({ ...action, onSelection: true })),
    {
      ...base,
      id: 'board.menu',
      title: words.menu,
      keys: '.',
      unavailable: chosen,
      run: () => {
        cursor.setState({ menu: focused });
      },
    },
    { ...base, id: 'board.forward', title: words.forward, keys: 'Shift+L', ...shift(1) },
    { ...base, id: 'board.back', title: words.back, keys: 'Shift+H', ...shift(-1) },
    { ...base, id: 'board.filters', title: words.filters, keys: 'f', run: openFilters },
    { ...base, id: 'board.views', title: words.views, keys: 'v', run: openViews },
    { ...base, id: 'board.save', title: words.save, run: saveView },
    { ...base, id: 'board.lanes', title: words.lanes, keys: 'w', run: nextLanes },
    {
      ...base,
      id: 'board.fold',
      title: words.fold,
      keys: 'z',
      unavailable: foldLane === undefined ? strings.noLanes : chosen,
      run: () => {
        if (card) foldLane?.(card);
      },
    },
    { ...base, id: 'board.filter', title: words.filter, keys: '/', run: focusFilter },
    {
      ...base,
      id: 'board.clear',
      title: words.clear,
      keys: 'Escape',
      listed: false,
      run: () => {
        if (cursor.getState().checked.size > 0) cursor.setState({ checked: new Set() });
        else clearFilter();
      },
    },
    {
      ...base,
      id: 'board.archived',
      title: words.archived,
      keys: '4',
      run: () => {
        toggleRail('archived');
      },
    },
    {
      ...base,
      id: 'board.rejected',
      title: words.rejected,
      keys: '5',
      run: () => {
        toggleRail('rejected');
      },
    },
  ];
  useActions(actions.map((action) => (onCard.has(action.id) ? { ...action, onSelection: true } : action)));
  usePaletteSubject(() => {
    const { size } = cursor.getState().checked;
    return size > 0 ? strings.bulk.count(size) : card && proposalStrings.ref(card.number);
  });
}
