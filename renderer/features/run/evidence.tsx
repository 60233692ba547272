import type { ReactNode } from 'react';
import { Mono } from '../../ui/mono.tsx';
import { Time } from '../../ui/time.tsx';
import { Changes } from './changes.tsx';
import { formatCost } from './run-figures.ts';
import type { RunDetail, TestEvidence } from './run-types.ts';
import { useHasTests } from './use-has-tests.ts';
import { strings } from './strings.ts';

const words = strings.evidence;
const { actors } = strings.inspector;

/** What came out, as facts that join the line they are put in: tests before and after, files, and who decided. */
export function Evidence({ detail }: { detail: RunDetail }) {
  const { run, decisions } = detail;
  const last = decisions.at(-1);
  const hasTests = useHasTests(run);
  return (
    <dl aria-label={words.label} className="contents">
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
      {/* With a budget its bar tells it already. */}
      {run.execution.budget.costMicroUsd > 0 ? null : <Fact name={words.cost}>{formatCost(run)}</Fact>}
      {last ? (
        <Fact name={words.decision}>
          <span>
            {words.decided[last.action] ?? last.action.replaceAll('_', ' ')}{' '}
            <span className="text-ink-2">
              {words.by(actors[last.actor] ?? last.actor)}, <Time at={last.createdAt} />
            </span>
          </span>
        </Fact>
      ) : null}
      {run.appliedCommit ? (
        <Fact name={words.commit}>
          <Mono>{run.appliedCommit.slice(0, 8)}</Mono>
        </Fact>
      ) : null}
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
    <div className="flex items-baseline gap-6">
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-ink">{children}</dd>
    </div>
  );
}
