import { Ellipsis, Link2, Pencil, Undo2, Unlink, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ReadState } from '../../ui/read-state.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { Section } from '../proposal/section.tsx';
import { formatFigure, formatMeasure } from './goal-figures.ts';
import { GoalStanding } from './goal-line.tsx';
import type { GoalAction, GoalDetail, GoalRow } from './goal-types.ts';
import { RecordForm } from './record-form.tsx';
import { decisionKeys } from './decision-keys.ts';
import { strings } from './strings.ts';
import { TargetDate } from './target-date.tsx';
import type { GoalCommands } from './use-goal-commands.ts';
import { intentOutcome, proposalOutcome } from './work-outcome.ts';

const words = strings.pane;
const rowLook = '-mx-8 flex min-h-28 min-w-0 flex-1 items-center gap-8 rounded-control px-8 hover:bg-hover';

export interface GoalPaneProps {
  readonly id: string;
  readonly goals: readonly GoalRow[];
  readonly commands: GoalCommands;
  readonly onEdit: (detail: GoalDetail) => void;
  readonly onLink: (goal: GoalRow) => void;
  readonly onRemove: (goal: GoalRow) => void;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

/** One goal: where it stands and why, what is linked to it, and what can be decided. */
export function GoalPane(props: GoalPaneProps) {
  const query = useQuery('goal.detail', { id: props.id }, { every: 1_000 });
  return (
    <ReadState query={query} failed={strings.failedOne} rows={8}>
      {(detail) => <Shown {...props} detail={detail} />}
    </ReadState>
  );
}

function Shown({
  detail,
  goals,
  commands,
  onEdit,
  onLink,
  onRemove,
  onChoose,
  onClose,
}: GoalPaneProps & { detail: GoalDetail }) {
  const { goal, row, possible } = detail;
  const parent = goals.find(({ id }) => id === goal.parentId);
  const children = goals.filter(({ parentId }) => parentId === goal.id);
  const decisions = (['achieve', 'activate', 'pause', 'drop'] as const).filter((each) =>
    possible.includes(each),
  );
  const decide = (action: GoalAction): void => void commands.decide(row, action);
  const entries: MenuEntry[] = [
    ...decisions.map((action): MenuEntry => ({
      id: action,
      label: words.possible[action],
      keys: decisionKeys[action],
      onSelect: () => {
        decide(action);
      },
    })),
    'separator',
    {
      id: 'remove',
      label: strings.actions.remove,
      danger: true,
      onSelect: () => {
        onRemove(row);
      },
    },
  ];
  return (
    <div data-scroll={`goal ${goal.id}`} className="min-h-0 flex-1 overflow-y-auto px-20 pt-12 pb-32">
      <header className="flex items-start gap-8">
        <h2 className="min-w-0 flex-1 pt-2 text-title text-balance">{goal.title}</h2>
        <IconButton icon={X} label={strings.actions.close} keys="Escape" onClick={onClose} />
      </header>
      <div className="mt-4 flex flex-wrap items-center gap-x-12 gap-y-4 empty:hidden">
        <GoalStanding goal={row} />
      </div>
      <div className="flex flex-wrap gap-8 py-12">
        <Button
          icon={Link2}
          keys="l"
          onClick={() => {
            onLink(row);
          }}
        >
          {strings.actions.link}
        </Button>
        <Button
          icon={Pencil}
          onClick={() => {
            onEdit(detail);
          }}
        >
          {strings.actions.edit}
        </Button>
        <Menu
          align="end"
          trigger={<IconButton icon={Ellipsis} label={strings.actions.more} className="ms-auto" />}
          entries={entries}
        />
      </div>
      <Section title={words.why}>
        <div className="flex items-center gap-12">
          <ProgressBar
            percent={row.progress}
            known={row.basis !== 'nothing'}
            label={strings.columns.progress}
          />
          <span className="text-title tabular-nums">
            {row.basis === 'nothing' ? '–' : `${String(row.progress)} %`}
          </span>
        </div>
        <p className="mt-8 text-ink-2 text-pretty">{row.why}</p>
        <dl className="mt-12 grid grid-cols-[auto_1fr] gap-x-16 gap-y-4">
          {row.measure ? (
            <Fact name={strings.columns.figure}>
              <span className="tabular-nums">{formatMeasure(row)}</span>
            </Fact>
          ) : null}
          {row.trend.length > 1 ? (
            <Fact name={strings.columns.trend}>
              <Sparkline values={row.trend} label={strings.trendLabel(row.trend)} />
            </Fact>
          ) : null}
          {goal.targetDate === null ? null : (
            <Fact name={words.target}>
              <TargetDate goal={row} />
            </Fact>
          )}
          {parent ? (
            <Fact name={words.parent}>
              <GoalLink goal={parent} onChoose={onChoose} />
            </Fact>
          ) : null}
          {goal.category === '' ? null : <Fact name={words.category}>{goal.category}</Fact>}
          <Fact name={words.priority}>
            <span className="tabular-nums">{goal.priority}</span>
          </Fact>
          <Fact name={words.moved}>
            <Time at={row.movedAt} />
          </Fact>
        </dl>
      </Section>
      {goal.description === '' ? null : (
        <section className="border-t border-line py-16">
          <Markdown text={goal.description} />
        </section>
      )}
      {children.length === 0 ? null : (
        <Section title={words.subGoals}>
          <ul>
            {children.map((child) => (
              <li key={child.id} className="flex min-h-28 items-center gap-8">
                <GoalLink goal={child} onChoose={onChoose} />
                <span className="ms-auto text-meta text-ink-2 tabular-nums">
                  {child.basis === 'nothing' ? '–' : `${String(child.progress)} %`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <LinkedWork detail={detail} commands={commands} />
      {row.measure ? <Readings detail={detail} commands={commands} /> : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex min-w-0 items-center">{children}</dd>
    </>
  );
}

function GoalLink({ goal, onChoose }: { goal: GoalRow; onChoose: (id: string) => void }) {
  return (
    <button
      type="button"
      onClick={() => {
        onChoose(goal.id);
      }}
      className="min-w-0 truncate rounded-chip text-start text-accent-text underline-offset-2 hover:underline"
    >
      {goal.title}
    </button>
  );
}

function LinkedWork({ detail: { goal, work }, commands }: { detail: GoalDetail; commands: GoalCommands }) {
  const { proposals, intents } = work;
  const more = work.more.proposals + work.more.intents;
  return (
    <Section
      title={words.work}
      aside={<span className="text-meta text-ink-3">{proposals.length + intents.length + more}</span>}
    >
      {proposals.length + intents.length === 0 ? <p className="text-ink-2">{words.workNone}</p> : null}
      <ul>
        {proposals.map((proposal) => {
          const outcome = proposalOutcome(proposal);
          return (
            <li key={proposal.id} className="flex items-center gap-12">
              <Link location={to('proposal', { id: proposal.id })} className={rowLook}>
                <StatusGlyph shape={outcome.shape} tone={outcome.tone} still />
                <span className="shrink-0 font-mono text-meta text-ink-3">P-{proposal.number}</span>
                <span className="min-w-0 flex-1 truncate" title={proposal.title}>
                  {proposal.title}
                </span>
                <span className="shrink-0 text-meta text-ink-2">{outcome.label}</span>
              </Link>
              <IconButton
                icon={Unlink}
                size="small"
                label={`${words.unlink} P-${String(proposal.number)}`}
                onClick={() => void commands.link(proposal, null, goal.id)}
              />
            </li>
          );
        })}
        {intents.map((intent) => {
          const outcome = intentOutcome(intent);
          return (
            <li key={intent.id} className="flex">
              <Link location={to('intent', { id: intent.id })} className={rowLook}>
                <StatusGlyph shape={outcome.shape} tone={outcome.tone} still />
                <span className="min-w-0 flex-1 truncate" title={intent.name}>
                  {intent.name}
                </span>
                <span className="shrink-0 text-meta text-ink-2">{outcome.label}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {more > 0 ? <p className="pt-4 text-meta text-ink-3">{strings.more(more)}</p> : null}
    </Section>
  );
}

function Readings({ detail: { row, readings }, commands }: { detail: GoalDetail; commands: GoalCommands }) {
  return (
    <Section title={words.readings}>
      <RecordForm goal={row} commands={commands} />
      {readings.length === 0 ? <p className="mt-8 text-ink-2">{words.readingsNone}</p> : null}
      <ul className="mt-8">
        {readings.slice(0, 20).map((reading, index) => (
          <li key={reading.id} className="flex min-h-28 items-center gap-12">
            <span className="w-[96px] text-end tabular-nums">{formatFigure(reading.value)}</span>
            <Time at={reading.createdAt} className="text-meta text-ink-3" />
            <span className="min-w-0 truncate text-meta text-ink-3">{reading.actor}</span>
            {index === 0 ? (
              <IconButton
                icon={Undo2}
                size="small"
                className="ms-auto"
                label={words.takeBack}
                onClick={() => void commands.takeBack(row.id, reading.id)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
