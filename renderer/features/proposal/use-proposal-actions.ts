import type { ProposalDecision } from '../../../preload/contract/moves.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useActions } from '../../app/actions-context.tsx';
import { usePaletteSubject } from '../../app/palette-context.tsx';
import type { ActionScope } from '../../app/actions.ts';
import { againstExecute, openRequired } from './against-execute.ts';
import { useDecisions, type Decisions } from './decisions.ts';
import { strings } from './strings.ts';

type Detail = OutputOf<'proposal.get'>;

export interface Offer {
  readonly action: ProposalDecision;
  readonly label: string;
  readonly keys: string | undefined;
  readonly unavailable: string | undefined;
  readonly run: () => void;
}

/** What leads on from a stage; the rest leads aside. */
const forward: readonly ProposalDecision[] = ['approve', 'generate_plan', 'execute', 'restore'];
const byStage: Readonly<Record<Detail['proposal']['stage'], readonly ProposalDecision[]>> = {
  idea: ['approve', 'details', 'skip', 'reject'],
  research: ['generate_plan', 'skip', 'reject'],
  plan: ['execute', 'more_details', 'skip', 'reject'],
  approved: [],
  archived: ['restore'],
  rejected: ['restore'],
};
const keys: Readonly<Partial<Record<ProposalDecision, string>>> = {
  approve: 'a',
  generate_plan: 'a',
  execute: 'a',
  details: 'd',
  more_details: 'd',
  skip: 'e',
  reject: 'r',
};

/** What can be decided about a proposal, with the reason where it cannot. */
export function useOffers(detail: Detail | undefined, inert: boolean): readonly Offer[] {
  const decisions = useDecisions();
  return detail ? offersOf(detail, inert, decisions) : [];
}

/** The same for a proposal that was only just read. */
export function offersOf(detail: Detail, inert: boolean, decisions: Decisions): readonly Offer[] {
  const { proposal } = detail;
  return byStage[proposal.stage].map((action) => ({
    action,
    label: strings.decision[action],
    keys: keys[action],
    unavailable: inert ? strings.panel.changed : reasonAgainst(detail, action),
    run: () => {
      decisions.decide(proposal, action);
    },
  }));
}

export function isForward(action: ProposalDecision): boolean {
  return forward.includes(action);
}

/** Offers the decisions to keyboard and palette while the proposal is shown. */
export function useProposalActions(
  detail: Detail | undefined,
  offers: readonly Offer[],
  scope: ActionScope,
  onDone?: () => void,
): void {
  const decisions = useDecisions();
  usePaletteSubject(() => detail && strings.ref(detail.proposal.number));
  useActions([
    ...offers.map(({ action, label, keys: bound, unavailable, run }) => ({
      id: `proposal.${action}`,
      title: label,
      group: strings.group,
      scope,
      onSelection: true,
      keys: bound,
      unavailable,
      run: () => {
        run();
        onDone?.();
      },
    })),
    ...(detail
      ? [
          {
            id: 'proposal.goal',
            title: strings.pick.title.goal,
            group: strings.group,
            scope,
            onSelection: true,
            keys: 'o',
            run: () => {
              decisions.pick('goal', [detail.proposal]);
            },
          },
          {
            id: 'proposal.priority',
            title: strings.pick.title.priority,
            group: strings.group,
            scope,
            onSelection: true,
            keys: 'p',
            run: () => {
              decisions.pick('priority', [detail.proposal]);
            },
          },
          {
            id: 'proposal.snooze',
            title: detail.proposal.snoozedUntil === null ? strings.snooze : strings.wake,
            group: strings.group,
            scope,
            onSelection: true,
            keys: 's',
            run: () => {
              if (detail.proposal.snoozedUntil === null) decisions.snooze(detail.proposal);
              else decisions.wake(detail.proposal);
            },
          },
        ]
      : []),
  ]);
}

function reasonAgainst(detail: Detail, action: ProposalDecision): string | undefined {
  const { proposal, questions, possible } = detail;
  if (action === 'generate_plan') {
    const open = openRequired(questions);
    if (open > 0) return strings.blocked.questions(open);
  }
  if (action === 'execute') {
    const reason = againstExecute(detail);
    if (reason !== undefined) return reason;
  }
  return possible.includes(action) ? undefined : strings.cannot(proposal.stage, strings.decision[action]);
}
