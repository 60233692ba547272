import { FlaskConical, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { NoticeBar } from '../../ui/notice-bar.tsx';
import { strings } from './strings.ts';

const words = strings.plan;

/** What an owner should see before they say Execute: a test command the planner wishes for, words that risk rules meet, and what was dropped. */
export function PlanChecks({ detail }: { detail: OutputOf<'proposal.get'> }) {
  const { proposal, plans, planHeld } = detail;
  const { busy, failure, send } = useForm();
  const { plan, id, version, stage, planning } = proposal;
  const note = plans.at(-1)?.note ?? '';
  if (plan === null || stage !== 'plan') return null;
  const wish = plan.proposedTestCommand;
  const settle = (testCommand: string): void =>
    void send('proposal.editPlan', {
      id,
      version,
      plan: { ...plan, testCommand, proposedTestCommand: '' },
    });
  return (
    <div className="mt-12 flex flex-col gap-8 empty:hidden">
      {wish === '' ? null : (
        <NoticeBar
          icon={FlaskConical}
          message={words.testWish(wish)}
          detail={words.testWishDetail}
          actions={
            planning === 'planning' ? null : (
              <>
                <Button
                  size="small"
                  busy={busy}
                  onClick={() => {
                    settle('');
                  }}
                >
                  {words.testKeep}
                </Button>
                <Button
                  size="small"
                  busy={busy}
                  onClick={() => {
                    settle(wish);
                  }}
                >
                  {words.testTake}
                </Button>
              </>
            )
          }
        />
      )}
      {planHeld.map(({ rule, reason, matched }) => (
        <NoticeBar
          key={rule}
          icon={ShieldAlert}
          message={reason}
          detail={matched === null ? undefined : words.matched(matched)}
        />
      ))}
      {note === '' ? null : <NoticeBar icon={TriangleAlert} message={note} />}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </div>
  );
}
