import type { OutputOf } from '../../../preload/contract/operations.ts';
import { Link } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { StatusGlyph, toneText } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { cx } from '../../ui/cx.ts';
import { runLook } from '../run/run-look.ts';
import { formatCost } from './format-cost.ts';
import { Section } from './section.tsx';
import { strings } from './strings.ts';

type Run = OutputOf<'proposal.get'>['runs'][number];
const words = strings.runs;

/** The runs that came of it: how each ended, what it changed, and what it cost. */
export function RunsSection({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <Section title={words.title}>
      {runs.length === 0 ? <p className="text-ink-3">{words.empty}</p> : null}
      <ul className="flex flex-col gap-4">
        {runs.map((run) => (
          <li key={run.id}>
            <RunLine run={run} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function RunLine({ run }: { readonly run: Run }) {
  const look = runLook(run.status);
  const { testAfterExit: exit, filesChanged, costState } = run;
  const rolledBack = (run.rolledBackAt ?? null) !== null;
  const facts = [
    run.attempt > 1 ? words.attempt(run.attempt) : undefined,
    run.executorLabel,
    exit === null ? undefined : exit === 0 ? words.testsPass : words.testsFail,
    filesChanged > 0 ? words.changed(filesChanged, run.additions, run.deletions) : undefined,
    costState === 'unknown' || costState === 'none'
      ? undefined
      : costState === 'plan'
        ? words.plan
        : formatCost(run.costMicroUsd),
  ];
  return (
    <Link
      location={to('run', { id: run.id })}
      className="-mx-8 flex flex-col rounded-control px-8 py-4 hover:bg-hover"
    >
      <span className="flex items-center gap-8">
        <StatusGlyph shape={rolledBack ? 'square' : look.shape} tone={rolledBack ? 'neutral' : look.tone} />
        <span className="font-mono text-code text-ink-2">#{run.number}</span>
        <span className={cx('min-w-0 flex-1 truncate', toneText[rolledBack ? 'neutral' : look.tone])}>
          {rolledBack ? words.rolledBack : look.label}
        </span>
        <Time at={run.endedAt ?? run.startedAt ?? run.createdAt} className="text-meta text-ink-3" />
      </span>
      <span className="ps-24 text-meta text-ink-2 tabular-nums wrap-anywhere">
        {facts.filter(Boolean).join(' · ')}
      </span>
      {run.error !== null && look.tone === 'danger' ? (
        <span className="ps-24 text-meta text-ink-2 wrap-anywhere">{run.error}</span>
      ) : null}
    </Link>
  );
}
