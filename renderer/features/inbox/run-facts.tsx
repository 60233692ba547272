import type { ReactNode } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { formatDuration } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { TestWord } from '../run/evidence.tsx';
import { formatCost } from '../run/run-figures.ts';
import { useQuery } from '../../client/client-context.tsx';
import { strings } from './strings.ts';

const words = strings.run;
const mostFiles = 12;
const mostLines = 16;

/** What a decision about a run stands on: its tests before and after, what changed, what it took. */
export function RunFacts({ detail }: { detail: OutputOf<'run.get'> }) {
  const { run } = detail;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      words.tests,
      run.testBefore || run.testAfter ? (
        <span key="tests" className="inline-flex items-baseline gap-6">
          <TestWord test={run.testBefore} quiet />
          <span className="text-ink-3">→</span>
          <TestWord test={run.testAfter} />
        </span>
      ) : (
        words.none
      ),
    ],
    [
      words.changed,
      run.filesChanged > 0 ? words.files(run.filesChanged, run.additions, run.deletions) : words.nothing,
    ],
    [words.cost, formatCost(run)],
    [words.worked, run.activeMs > 0 ? formatDuration(run.activeMs) : '–'],
    [words.by, run.executorLabel],
    [words.budget, words.steps(run.step, run.execution.budget.steps)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-16 gap-y-12 tabular-nums narrow:grid-cols-3">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-meta text-ink-3">{name}</dt>
          <dd className="font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Which files changed, and how much; the lines are one press away. */
export function RunFiles({ id }: { id: string }) {
  const { data } = useQuery('run.diff', { id });
  if (!data || data.files.length === 0) return null;
  const more = data.files.length - mostFiles;
  return (
    <section>
      <h3 className="mb-4 text-body font-strong">{words.filesChanged}</h3>
      <ul className="flex flex-col">
        {data.files.slice(0, mostFiles).map(({ path, change, additions, deletions }) => (
          <li key={path} className="flex min-h-24 items-center gap-12">
            <span className="w-[64px] shrink-0 text-meta text-ink-3">{change}</span>
            <span className="min-w-0 flex-1">
              <Mono elide>{path}</Mono>
            </span>
            <span className="shrink-0 text-meta text-ink-2 tabular-nums">
              +{additions} −{deletions}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-4 text-meta text-ink-3">{words.moreFiles(more)}</p> : null}
      {data.conflicts.length > 0 ? (
        <p className="mt-8 text-attention-text">{words.conflicts(data.conflicts.length)}</p>
      ) : null}
    </section>
  );
}

/** What tests said that failed: the last lines tell most. */
export function TestOutput({ run: { testAfter } }: { run: OutputOf<'run.get'>['run'] }) {
  const output = testAfter && testAfter.exitCode !== 0 ? testAfter.output.trim() : '';
  if (output === '') return null;
  return (
    <section>
      <h3 className="mb-4 text-body font-strong">{words.output}</h3>
      <pre className="rounded-card border border-line bg-code-surface px-12 py-8 font-mono text-code whitespace-pre-wrap wrap-anywhere">
        {output.split('\n').slice(-mostLines).join('\n')}
      </pre>
    </section>
  );
}
