import { Maximize2 } from 'lucide-react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useActions } from '../../app/actions-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ContentSection } from './content-section.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { PlanSection } from './plan-section.tsx';
import { ProposalFacts } from './proposal-facts.tsx';
import { ProposalHeading } from './proposal-heading.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { strings } from './strings.ts';
import { useInert } from './use-inert.ts';
import { useOffers, useProposalActions } from './use-proposal-actions.ts';

const words = strings.panel;

export interface ProposalPeekProps {
  /** Undefined: closed. */
  readonly id: string | undefined;
  readonly onClose: () => void;
  /** To the neighbour on the board, without closing. */
  readonly onStep: (by: 1 | -1) => void;
}

/** A look at one proposal beside the board it stands on. */
export function ProposalPeek({ id, onClose, onStep }: ProposalPeekProps) {
  const router = useRouter();
  const { data, failure } = useQuery('proposal.get', { id: id ?? '' }, { enabled: id !== undefined });
  return (
    <Sheet
      open={id !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={data ? `${strings.ref(data.proposal.number)} ${data.proposal.title}` : strings.group}
      aside={
        id ? (
          <IconButton
            icon={Maximize2}
            label={words.openPage}
            keys="Enter"
            onClick={() => {
              router.go(to('proposal', { id }));
            }}
          />
        ) : null
      }
    >
      {data ? (
        <Peeked key={data.proposal.id} detail={data} onClose={onClose} onStep={onStep} />
      ) : failure ? (
        <ErrorBar message={failure.message} hint={failure.hint} />
      ) : id ? (
        <SkeletonRows rows={8} />
      ) : null}
    </Sheet>
  );
}

function Peeked({
  detail,
  onClose,
  onStep,
}: Omit<ProposalPeekProps, 'id'> & { detail: OutputOf<'proposal.get'> }) {
  const router = useRouter();
  const { proposal } = detail;
  const [inert] = useInert(`${proposal.id} ${String(proposal.version)}`);
  const offers = useOffers(detail, inert);
  useProposalActions(detail, offers, 'popover');
  useActions([
    {
      id: 'peek.next',
      title: words.next,
      group: strings.group,
      scope: 'popover',
      keys: ['j', 'ArrowDown'],
      listed: false,
      run: () => {
        onStep(1);
      },
    },
    {
      id: 'peek.previous',
      title: words.previous,
      group: strings.group,
      scope: 'popover',
      keys: ['k', 'ArrowUp'],
      listed: false,
      run: () => {
        onStep(-1);
      },
    },
    {
      id: 'peek.close',
      title: strings.panel.cancel,
      group: strings.group,
      scope: 'popover',
      keys: 'Space',
      listed: false,
      run: onClose,
    },
    {
      id: 'peek.page',
      title: words.openPage,
      group: strings.group,
      scope: 'popover',
      keys: 'Enter',
      run: () => {
        router.go(to('proposal', { id: proposal.id }));
      },
    },
  ]);
  return (
    <>
      <ProposalHeading detail={detail} title={false} />
      <div className="pb-16">
        <DecisionBar detail={detail} offers={offers} />
      </div>
      <PlanSection detail={detail} />
      <QuestionsSection detail={detail} />
      <ContentSection detail={detail} />
      <ProposalFacts detail={detail} />
    </>
  );
}
