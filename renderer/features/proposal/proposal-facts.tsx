import { priorityFigure, priorityLevels, priorityWord } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { whyProjectStays } from '../../../preload/contract/moves.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useShellState } from '../../app/shell-context.tsx';
import { useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Time } from '../../ui/time.tsx';
import { RelatedSection } from './related-section.tsx';
import { RunsSection } from './runs-section.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';
import type { LinkFields } from './use-set-fields.ts';

type Detail = OutputOf<'proposal.get'>;
const linkLook = 'w-fit rounded-chip text-meta text-accent-text underline-offset-2 hover:underline';
/** Shows below what a goal stands; plain spaces would fall together. */
const indent = '\u2003';

/** What a proposal is linked to, the runs that came of it, what is like it, and who decided what. */
export function ProposalFacts({ detail }: { detail: Detail }) {
  return (
    <>
      <Links detail={detail} />
      <RunsSection runs={detail.runs} />
      <RelatedSection id={detail.proposal.id} />
      <History detail={detail} />
    </>
  );
}

function Links({ detail: { proposal } }: { detail: Detail }) {
  const words = strings.panel;
  const { projects } = useShellState();
  const goals = useQuery('goal.tree', {}, { watch: ['goal'] }).data ?? [];
  const goal = goals.find((each) => each.id === proposal.goalId);
  const command = useCommand();
  const { id, version } = proposal;
  const stays = whyProjectStays(proposal);
  const set = (fields: LinkFields): void => void command('proposal.update', { id, version, fields });
  return (
    <section className="grid grid-cols-2 gap-12 border-t border-line py-16">
      <Field label={words.project} help={stays ?? undefined}>
        <Select
          disabled={stays !== null}
          value={proposal.projectId ?? ''}
          onValueChange={(value) => {
            set({ projectId: value || null });
          }}
          options={[
            { value: '', label: words.noProject },
            ...projects.map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
        {proposal.projectId === null ? null : (
          <Link location={to('projects', {}, { id: proposal.projectId })} className={linkLook}>
            {words.openProject}
          </Link>
        )}
      </Field>
      <Field label={words.goal}>
        <Select
          value={proposal.goalId ?? ''}
          onValueChange={(value) => {
            set({ goalId: value || null });
          }}
          options={[
            { value: '', label: words.noGoal },
            ...goals
              // What is over takes no new work; what is linked already stays in sight.
              .filter((each) => ['active', 'paused'].includes(each.status) || each === goal)
              .map((each) => ({ value: each.id, label: `${indent.repeat(each.depth)}${each.title}` })),
          ]}
        />
        {goal ? (
          <Link location={to('goals', {}, { id: goal.id })} className={linkLook}>
            {words.openGoal}
          </Link>
        ) : null}
      </Field>
      <Field label={words.priority}>
        <Select
          value={priorityWord(proposal.priority)}
          onValueChange={(level) => {
            set({ priority: priorityFigure(level) });
          }}
          options={priorityLevels.map((level) => ({ value: level, label: labels.priority[level] }))}
        />
      </Field>
      {proposal.snoozedUntil ? (
        <p className="col-span-2 text-meta text-ink-2">
          {words.snoozedUntil} <Time at={proposal.snoozedUntil} form="exact" />
        </p>
      ) : null}
    </section>
  );
}

function History({ detail: { decisions } }: { detail: Detail }) {
  const words = strings.history;
  return (
    <Section title={words.title}>
      {decisions.length === 0 ? <p className="text-ink-3">{words.empty}</p> : null}
      <ol className="flex flex-col gap-8">
        {[...decisions].reverse().map((decision) => (
          <li key={decision.id}>
            <p className="flex items-baseline gap-8">
              <span className="min-w-0 flex-1">{strings.was[decision.action] ?? decision.action}</span>
              <Time at={decision.createdAt} className="text-meta text-ink-3" />
            </p>
            <p className="text-meta text-ink-2 wrap-anywhere">
              {decision.rule
                ? `${words.rule} ${decision.rule}`
                : words.by(decision.actor, labels.channel[decision.channel])}
              {decision.reason ? `: “${decision.reason}”` : ''}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
