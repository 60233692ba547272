import type { ReactNode } from 'react';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { Changes } from './changes.tsx';
import { formatCost } from './run-figures.ts';
import type { RunDetail, TestEvidence } from './run-types.ts';
import { useHasTests } from './use-has-tests.ts';
import { strings } from './strings.ts';

const words = strings.evidence;

/** What came out, in one line of facts: tests before and after, files, steps, cost, and who decided. */
export function Evidence({ detail }: { detail: RunDetail }) {
  const { run, decisions } = detail;
  const last = decisions.at(-1);
  const hasTests = useHasTests(run);
  return (
    <dl aria-label={words.label} className="flex flex-wrap gap-x-24 gap-y-8 border-b border-line px-12 py-8">
      <Fact name={words.tests}>
        {run.testBefore || run.testAfter ? (
          <span className="inline-flex items-baseline gap-6">
            <TestWord test={run.testBefore} quiet />
            <span className="text-ink-3">→</span>
            <TestWord test={run.testAfter} />
          </span>
        ) : (
          <span className="text-ink-2">{hasTests ? words.notRun : words.noTests}</span>
        )}
      </Fact>
      <Fact name={words.files}>
        {run.filesChanged === 0 ? (
          <span className="text-ink-2">{words.noFiles}</span>
        ) : (
          <Changes files={run.filesChanged} additions={run.additions} deletions={run.deletions} />
        )}
      </Fact>
      <Fact name={words.steps}>
        {run.step}
        <span className="text-ink-3"> / {run.execution.budget.steps}</span>
      </Fact>
      <Fact name={words.cost}>{formatCost(run)}</Fact>
      {run.appliedCommit ? (
        <Fact name={words.commit}>
          <Mono>{run.appliedCommit.slice(0, 8)}</Mono>
        </Fact>
      ) : null}
      <Fact name={words.decisions}>
        {last ? (
          <span>
            {last.action.replaceAll('_', ' ')} <span className="text-ink-2">by {last.actor}</span>{' '}
            <Time at={last.createdAt} className="text-ink-3" />
          </span>
        ) : (
          <span className="text-ink-2">{words.none}</span>
        )}
      </Fact>
    </dl>
  );
}

/** How tests came out, in a word. */
export function TestWord({ test, quiet = false }: { test: TestEvidence | null; quiet?: boolean }) {
  if (!test) return <span className="text-ink-3">–</span>;
  const word =
    test.exitCode === 0
      ? words.passed
      : test.exitCode === null
        ? words.ended
        : words.failedExit(test.exitCode);
  const tone = quiet
    ? 'text-ink-2'
    : test.exitCode === 0
      ? 'text-success-text font-medium'
      : 'text-danger-text font-medium';
  return (
    <span className={tone} title={`${test.command}${test.note ? ` · ${test.note}` : ''}`}>
      {word}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-8">
      <dt className="text-meta text-ink-3">{name}</dt>
      <dd className="text-body text-ink">{children}</dd>
    </div>
  );
}
