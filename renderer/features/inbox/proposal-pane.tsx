import { useActions } from '../../app/actions-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useReached } from '../../client/use-reached.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ContentSection } from '../proposal/content-section.tsx';
import { useDecisions } from '../proposal/decisions.ts';
import { PlanSection } from '../proposal/plan-section.tsx';
import { ProposalFacts } from '../proposal/proposal-facts.tsx';
import { ProposalHeading } from '../proposal/proposal-heading.tsx';
import { QuestionsSection } from '../proposal/questions-section.tsx';
import { isForward, useOffers } from '../proposal/use-proposal-actions.ts';
import type { InboxItem } from './inbox-item.ts';
import { MoreMenu } from './more-menu.tsx';
import { Pane } from './pane.tsx';
import { useSnoozeActions } from './snooze-actions.ts';
import { SnoozeMenu } from './snooze-menu.tsx';
import { strings } from './strings.ts';

/** A plan or a question, with its decisions on number keys. */
export function ProposalPane({ item, inert }: { item: InboxItem; inert: boolean }) {
  const decisions = useDecisions();
  const { data, failure, reread } = useQuery('proposal.get', { id: item.entityId });
  const offers = useOffers(data, inert);
  const reached = useReached();
  const kind = strings.kind[item.kind];
  const offer = (wanted: (action: string) => boolean) => {
    const found = offers.find(({ action }) => wanted(action));
    return {
      unavailable: found ? (reached ? found.unavailable : strings.lost) : strings.notFor(kind),
      run: () => found?.run(),
    };
  };
  const firstAnswer = (): HTMLElement | null =>
    document.querySelector('[data-answer="required"]') ?? document.querySelector('[data-answer]');
  const asked = data?.questions.some(({ answer }) => answer === null) ?? false;
  const wait = !reached ? strings.lost : data && !inert ? undefined : strings.choose;
  const base = { group: strings.group, scope: 'view', onSelection: true } as const;
  const forward = offers.find(({ action }) => isForward(action));
  const actions = [
    {
      ...base,
      id: 'inbox.approve',
      title: forward?.label ?? strings.approve,
      keywords: strings.approve,
      keys: '1',
      ...offer((action) => isForward(action as 'approve')),
    },
    {
      ...base,
      id: 'inbox.answer',
      title: strings.answer,
      keys: '2',
      unavailable: asked ? undefined : strings.notFor(kind),
      run: () => firstAnswer()?.focus(),
    },
    {
      ...base,
      id: 'inbox.reject',
      title: strings.reject,
      keys: '3',
      ...offer((action) => action === 'reject'),
    },
    {
      ...base,
      id: 'inbox.archive',
      title: strings.archive,
      keys: 'e',
      ...offer((action) => action === 'skip'),
    },
    {
      ...base,
      id: 'inbox.snooze',
      title: strings.snooze,
      keys: 's',
      unavailable: wait,
      run: () => {
        if (data) decisions.snooze(data.proposal);
      },
    },
  ];
  const [, ...otherSnoozes] = useSnoozeActions(item, wait);
  useActions([...actions, ...otherSnoozes]);
  return (
    <Pane
      footer={
        <div className="flex flex-wrap items-center gap-8">
          {actions
            .filter(({ id }) => id !== 'inbox.snooze' && (id !== 'inbox.answer' || asked))
            .map(({ id, title, keys, unavailable, run }, index) => (
              <Button
                key={id}
                variant={
                  index === 0
                    ? 'primary'
                    : id === 'inbox.snooze' || id === 'inbox.archive'
                      ? 'ghost'
                      : 'secondary'
                }
                keys={keys}
                unavailable={unavailable}
                onClick={run}
              >
                {title}
              </Button>
            ))}
          <SnoozeMenu actions={[...actions.filter(({ id }) => id === 'inbox.snooze'), ...otherSnoozes]} />
          <MoreMenu />
          {forward?.unavailable === undefined || inert ? null : (
            <p className="text-meta text-ink-2">{forward.unavailable}</p>
          )}
        </div>
      }
    >
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} onRetry={reread} /> : null}
      {data ? (
        <div key={data.proposal.id}>
          <ProposalHeading detail={data} />
          <PlanSection detail={data} />
          <QuestionsSection detail={data} />
          <ContentSection detail={data} />
          <ProposalFacts detail={data} />
        </div>
      ) : failure ? null : (
        <SkeletonRows rows={8} />
      )}
    </Pane>
  );
}
