import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { strings } from './strings.ts';

const words = strings.plan;

/** What a planner said that could not be used, word for word. */
export function PlannerReply({ detail: { planningTurns } }: { detail: OutputOf<'proposal.get'> }) {
  const [last] = planningTurns;
  if (!last || last.problem === '' || last.reply.trim() === '') return null;
  return (
    <Disclosure title={words.reply} summary={last.executor}>
      <pre
        tabIndex={0}
        aria-label={words.reply}
        className="max-h-[320px] overflow-auto rounded-control bg-code p-8 font-mono text-code whitespace-pre-wrap wrap-anywhere"
      >
        {last.reply}
      </pre>
    </Disclosure>
  );
}
