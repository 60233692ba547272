import { CircleQuestionMark } from 'lucide-react';
import { Inspector } from '../../app/inspector.tsx';
import { TitleBarDetail, usePageTitle } from '../../app/shell-context.tsx';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import type { ViewProps } from '../../app/view-props.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ContentSection } from './content-section.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { PlanSection } from './plan-section.tsx';
import { ProposalFacts } from './proposal-facts.tsx';
import { ProposalHeading } from './proposal-heading.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { strings } from './strings.ts';
import { useAskedReason } from './use-asked-reason.ts';
import { useInert } from './use-inert.ts';
import { useOffers, useProposalActions } from './use-proposal-actions.ts';

const words = strings.panel;

/** One proposal on a page of its own. */
export function ProposalView({ location }: ViewProps<'proposal'>) {
  const { id } = location.params;
  const router = useRouter();
  const { data, failure, reread, pending } = useQuery('proposal.get', { id });
  const [inert] = useInert(`${id} ${String(data?.proposal.version ?? 0)}`);
  const offers = useOffers(data, inert && data !== undefined);
  useProposalActions(data, offers, 'view');
  useAskedReason(data);
  usePageTitle(data?.proposal.title);

  if (!data && failure)
    return (
      <EmptyState
        icon={CircleQuestionMark}
        title={words.missing}
        detail={`${failure.message} ${failure.hint ?? ''}`}
        action={
          <Button
            onClick={() => {
              router.go(to('board', {}));
            }}
          >
            {words.back}
          </Button>
        }
      />
    );
  if (!data) return <SkeletonRows rows={10} />;
  return (
    <div data-scroll="proposal" className="min-h-0 flex-1 overflow-y-auto">
      <TitleBarDetail>
        <span className="truncate">
          <span className="text-ink-3">{strings.ref(data.proposal.number)}</span> {data.proposal.title}
        </span>
      </TitleBarDetail>
      <article className="mx-auto flex max-w-[728px] flex-col px-24 pt-20 pb-48">
        {failure ? (
          <div className="pb-12">
            <ErrorBar
              kind="stale"
              message={words.stale}
              hint={failure.message}
              onRetry={reread}
              busy={pending}
            />
          </div>
        ) : null}
        <ProposalHeading detail={data} />
        <div className="pb-16">
          <DecisionBar detail={data} offers={offers} />
        </div>
        <PlanSection detail={data} />
        <QuestionsSection detail={data} />
        <ContentSection detail={data} />
      </article>
      <Inspector>
        <div className="px-16 [&>section:first-child]:border-t-0">
          <ProposalFacts detail={data} />
        </div>
      </Inspector>
    </div>
  );
}
