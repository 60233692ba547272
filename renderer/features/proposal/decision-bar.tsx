import { MoonStar } from 'lucide-react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Button } from '../../ui/button.tsx';
import { useDecisions } from './decisions.ts';
import { strings } from './strings.ts';
import { isForward, type Offer } from './use-proposal-actions.ts';

/** The decisions, the one that leads on first; none is focused on arrival. */
export function DecisionBar({
  detail: { proposal },
  offers,
}: {
  detail: OutputOf<'proposal.get'>;
  offers: readonly Offer[];
}) {
  const decisions = useDecisions();
  const blocked = offers.find(({ action }) => isForward(action))?.unavailable;
  const waiting = ['idea', 'research', 'plan'].includes(proposal.stage);
  return (
    <div role="group" aria-label={strings.panel.actions} className="flex flex-wrap items-center gap-8">
      {offers.map(({ action, label, keys, unavailable, run }) => (
        <Button
          key={action}
          variant={isForward(action) ? 'primary' : 'secondary'}
          keys={keys}
          unavailable={unavailable}
          onClick={run}
        >
          {label}
        </Button>
      ))}
      {waiting ? (
        <Button
          variant="ghost"
          icon={MoonStar}
          keys="s"
          onClick={() => {
            if (proposal.snoozedUntil === null) decisions.snooze(proposal);
            else decisions.wake(proposal);
          }}
        >
          {proposal.snoozedUntil === null ? strings.snooze : strings.wake}
        </Button>
      ) : null}
      {blocked === undefined || blocked === strings.panel.changed ? null : (
        <p className="w-full text-meta text-ink-2">{blocked}</p>
      )}
    </div>
  );
}
