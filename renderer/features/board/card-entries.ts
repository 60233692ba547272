import { Copy, ExternalLink, MoonStar } from 'lucide-react';
import { labels } from '../../../preload/contract/labels.ts';
import { stages } from '../../../preload/contract/moves.ts';
import { useRouter } from '../../app/router-context.tsx';
import { href, to } from '../../app/routes.ts';
import type { ProposalCard } from '../../client/patch.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { keyOf, offeredIn } from './card-keys.ts';
import { useLanesState } from './board-context.tsx';
import { laneMove, laneOf } from './lane-moves.ts';
import { useLaneMove } from './use-lane-move.ts';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';

/** A menu stays a menu: the other lanes are reached by dragging, or on the proposal's page. */
const mostLanes = 8;

/** The menu of a card: its decisions, then the same moves that dragging makes, each with its reason when it cannot be done. */
export function useCardEntries(card: ProposalCard): readonly MenuEntry[] {
  const decisions = useDecisions();
  const router = useRouter();
  const toast = useToast();
  const moveLane = useLaneMove();
  const by = useLanesState((state) => state.by);
  const lanes = useLanesState((state) => state.lanes);
  const place = to('proposal', { id: card.id });
  return [
    {
      id: 'open',
      label: proposalStrings.open,
      icon: ExternalLink,
      keys: 'Enter',
      onSelect: () => {
        router.go(place);
      },
    },
    ...offeredIn(card.stage).map((action) => ({
      id: action,
      label: proposalStrings.decision[action],
      keys: keyOf[action],
      onSelect: () => {
        decisions.decide(card, action);
      },
    })),
    'separator',
    { heading: strings.moveTo('…') },
    ...stages
      .filter((stage) => stage !== card.stage)
      .map((stage) => {
        const move = moveTo(card.stage, stage);
        return {
          id: `move ${stage}`,
          label: labels.stage[stage],
          unavailable: 'reason' in move ? move.reason : undefined,
          onSelect: () => {
            if ('action' in move) decisions.decide(card, move.action);
          },
        };
      }),
    ...(by === undefined || lanes === undefined
      ? []
      : [
          'separator' as const,
          { heading: strings.lanes.move(labels.boardLanes[by]) },
          ...lanes
            .filter(({ key }) => key !== laneOf(card, by))
            .slice(0, mostLanes)
            .map(({ key, title }) => {
              const move = laneMove(card, by, key);
              return {
                id: `lane ${key}`,
                label: title ?? (by === 'goal' ? strings.noGoal : strings.noProject),
                unavailable: 'reason' in move ? move.reason : undefined,
                onSelect: () => void moveLane(card, key),
              };
            }),
        ]),
    'separator',
    card.snoozedUntil === null
      ? {
          id: 'snooze',
          label: proposalStrings.snooze,
          icon: MoonStar,
          keys: 's',
          onSelect: () => {
            decisions.snooze(card);
          },
        }
      : {
          id: 'wake',
          label: proposalStrings.wake,
          icon: MoonStar,
          onSelect: () => {
            decisions.wake(card);
          },
        },
    {
      id: 'copy',
      label: strings.actions.copy,
      icon: Copy,
      keys: '$mod+Shift+c',
      onSelect: () => {
        const link = new URL(href(place), document.baseURI).toString();
        void navigator.clipboard.writeText(link).then(() => {
          toast({ text: strings.copied });
        });
      },
    },
  ];
}
