import { Copy, ExternalLink, FolderGit2, MoonStar, SignalHigh, Target } from 'lucide-react';
import { priorityWord } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import {
  moveTarget,
  stages,
  whyProjectStays,
  type ProposalDecision,
  type Stage,
} from '../../../preload/contract/moves.ts';
import { useRouter } from '../../app/router-context.tsx';
import { linkTo } from '../../app/link-to.ts';
import { href, to } from '../../app/routes.ts';
import type { ProposalCard } from '../../client/patch.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { strings as proposalStrings } from '../proposal/strings.ts';
import { keyOf, offeredIn } from './card-keys.ts';
import { moveTo } from './move-rules.ts';
import { strings } from './strings.ts';

/** The menu of a card: its decisions with where they lead, as dragging does; where none leads, with the reason; and what else it can be given. */
export function useCardEntries(card: ProposalCard): readonly MenuEntry[] {
  const decisions = useDecisions();
  const router = useRouter();
  const toast = useToast();
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
      detail: leadsTo(card.stage, action),
      keys: keyOf[action],
      onSelect: () => {
        decisions.decide(card, action);
      },
    })),
    'separator',
    { heading: strings.notFromHere },
    ...stages
      // Where a decision leads is said beside it.
      .filter((stage) => stage !== card.stage && 'reason' in moveTo(card.stage, stage))
      .map((stage) => {
        const move = moveTo(card.stage, stage);
        return {
          id: `move ${stage}`,
          label: labels.stage[stage],
          unavailable: 'reason' in move ? move.reason : undefined,
          onSelect: () => undefined,
        };
      }),
    'separator',
    {
      id: 'goal',
      label: strings.actions.goal,
      icon: Target,
      keys: 'o',
      onSelect: () => {
        decisions.pick('goal', [card]);
      },
    },
    {
      id: 'project',
      label: strings.actions.project,
      icon: FolderGit2,
      unavailable: whyProjectStays(card) ?? undefined,
      onSelect: () => {
        decisions.pick('project', [card]);
      },
    },
    {
      id: 'priority',
      label: strings.actions.priority,
      detail: labels.priority[priorityWord(card.priority)],
      icon: SignalHigh,
      keys: 'p',
      onSelect: () => {
        decisions.pick('priority', [card]);
      },
    },
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
        void navigator.clipboard.writeText(linkTo(href(place))).then(() => {
          toast({ text: strings.copied });
        });
      },
    },
  ];
}

/** Where a decision takes a card, in words. */
function leadsTo(from: Stage, action: ProposalDecision): string | undefined {
  const to = moveTarget(from, action);
  return to === undefined ? undefined : strings.moveTo(labels.stage[to]);
}
