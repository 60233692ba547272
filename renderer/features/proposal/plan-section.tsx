import { MessageSquareText, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useSearchValue } from '../../app/router-context.tsx';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { once } from '../../ui/once.ts';
import { formatCost } from './format-cost.ts';
import { PlanChecks } from './plan-checks.tsx';
import { PlannerReply } from './planner-reply.tsx';
import { PlanDiff } from './plan-diff.tsx';
import { EstimateAgainst } from './estimate-against.tsx';
import { PlanForm } from './plan-form.tsx';
import { PlanSummary, type Plan } from './plan-summary.tsx';
import { PlanVersions } from './plan-versions.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';
import { SuggestForm } from './suggest-form.tsx';

const words = strings.plan;

/** What is written by hand begins with nothing. */
const BLANK: Plan = {
  steps: [],
  effort: 'small',
  risk: 'medium',
  files: [],
  testCommand: '',
  proposedTestCommand: '',
  costMicroUsd: null,
  tokens: null,
  durationMs: null,
};

export function PlanSection({ detail }: { detail: OutputOf<'proposal.get'> }) {
  const { proposal, plans, possible } = detail;
  const [mode, setMode] = useState<'read' | 'edit' | 'suggest'>('read');
  const [read, setRead] = useState<number>();
  const [compared, setCompared] = useState<number>();
  const [say, setSay] = useSearchValue('say');
  const newest = plans.at(-1);
  const shown = plans.find(({ planVersion }) => planVersion === read) ?? newest;
  const isNewest = shown === newest;
  const before = plans.find(({ planVersion }) => planVersion === compared);
  if (!shown && proposal.stage !== 'plan') return null;
  const canEdit = proposal.stage === 'plan' && proposal.planning !== 'planning';
  return (
    <Section
      title={words.title}
      aside={
        shown && mode === 'read' ? (
          <>
            {plans.length > 1 ? (
              <PlanVersions
                versions={plans.map(({ planVersion }) => planVersion)}
                shown={shown.planVersion}
                compared={before?.planVersion}
                onShow={(version) => {
                  setRead(version);
                  if (before && before.planVersion >= version) setCompared(undefined);
                }}
                onCompare={setCompared}
              />
            ) : null}
            {canEdit && isNewest ? (
              <>
                <Button
                  size="small"
                  icon={Pencil}
                  onClick={() => {
                    setMode('edit');
                  }}
                >
                  {words.edit}
                </Button>
                {possible.includes('suggest') ? (
                  <Button
                    size="small"
                    icon={MessageSquareText}
                    onClick={() => {
                      setMode('suggest');
                    }}
                  >
                    {words.suggest}
                  </Button>
                ) : null}
              </>
            ) : null}
          </>
        ) : null
      }
    >
      {proposal.stage === 'plan' ? (
        <Planning
          detail={detail}
          onByHand={() => {
            setMode('edit');
          }}
        />
      ) : null}
      {mode === 'suggest' || (say === 'suggest' && possible.includes('suggest')) ? (
        <SuggestForm
          proposal={proposal}
          onDone={() => {
            setMode('read');
            setSay('');
          }}
        />
      ) : null}
      {mode === 'edit' && canEdit ? (
        <PlanForm
          id={proposal.id}
          version={proposal.version}
          plan={newest?.plan ?? BLANK}
          onDone={() => {
            setMode('read');
          }}
        />
      ) : shown ? (
        <>
          {before ? <PlanDiff before={before.plan} after={shown.plan} /> : <PlanSummary plan={shown.plan} />}
          {isNewest ? null : (
            <p className="mt-8 text-meta text-attention-text">
              {words.older(shown.planVersion, newest?.planVersion ?? 0)}
            </p>
          )}
          {isNewest && ['plan', 'research'].includes(proposal.stage) ? (
            <div className="mt-12">
              <EstimateAgainst plan={shown.plan} projectId={proposal.projectId} />
            </div>
          ) : null}
          {isNewest ? <PlanChecks detail={detail} /> : null}
          <p className="mt-8 text-meta text-ink-3">
            {words.version(shown.planVersion)}, {words.writtenBy(shown.writtenBy)},{' '}
            <Time at={shown.createdAt} />
            {shown.feedback ? (
              <span className="block text-ink-2">
                {words.feedback}: “{shown.feedback}”
              </span>
            ) : null}
          </p>
        </>
      ) : proposal.planning === 'idle' ? (
        <p className="text-ink-2">{words.none}</p>
      ) : null}
      <Spent detail={detail} />
    </Section>
  );
}

/** That a plan is being written, or was not: with the way to end it or to try again. */
function Planning({ detail, onByHand }: { detail: OutputOf<'proposal.get'>; onByHand: () => void }) {
  const { proposal, plans, questions } = detail;
  const { busy, failure, send } = useForm();
  const { id, planning, planningError, plan } = proposal;
  const writtenAt = plans.at(-1)?.createdAt ?? '';
  const answered = questions.some(({ answeredAt }) => answeredAt !== null && answeredAt > writtenAt);
  const retry = (): void => void send('proposal.retryPlanning', { id });
  return (
    <div className="mb-8 flex flex-col gap-8 empty:hidden">
      {planning === 'planning' ? (
        <div role="status" className="flex flex-wrap items-center gap-8">
          <StatusLabel shape="spinner">{words.planning}</StatusLabel>
          <span className="min-w-0 flex-1 text-meta text-ink-2">{words.planningDetail}</span>
          <Button size="small" busy={busy} onClick={() => void send('proposal.cancelPlanning', { id })}>
            {words.cancelPlanning}
          </Button>
        </div>
      ) : null}
      {planning === 'failed' ? (
        <ErrorBar
          message={words.failed}
          hint={planningError}
          onRetry={retry}
          retryLabel={words.retry}
          busy={busy}
          actions={
            plan ? null : (
              <Button size="small" icon={Pencil} onClick={onByHand}>
                {words.byHand}
              </Button>
            )
          }
        />
      ) : null}
      {planning === 'failed' ? <PlannerReply detail={detail} /> : null}
      {planning === 'idle' && !plan ? (
        <span className="flex gap-8">
          <Button size="small" busy={busy} onClick={retry}>
            {words.retry}
          </Button>
          <Button size="small" icon={Pencil} onClick={onByHand}>
            {words.byHand}
          </Button>
        </span>
      ) : null}
      {planning === 'idle' && plan && answered ? (
        <Button size="small" busy={busy} onClick={retry} className="self-start">
          {words.withAnswers}
        </Button>
      ) : null}
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </div>
  );
}

const count = once(() => new Intl.NumberFormat('en'));

/** What planning used so far; nothing where no agent program planned. */
function Spent({ detail: { planningCost } }: { detail: OutputOf<'proposal.get'> }) {
  const { turns, tokens, costMicroUsd, state } = planningCost;
  if (turns === 0) return null;
  const cost = words.spentCost[state];
  return (
    <p className="mt-4 text-meta text-ink-3 tabular-nums">
      {words.spent(count().format(tokens), typeof cost === 'string' ? cost : cost(formatCost(costMicroUsd)))}
    </p>
  );
}
