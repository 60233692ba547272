import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { Mono } from '../../ui/mono.tsx';
import { formatDuration } from '../../ui/format-time.ts';
import { OutputBlock } from '../run/output-block.tsx';
import type { Checkpoint, Run, TestEvidence } from '../run/run-types.ts';
import { useHasTests } from '../run/use-has-tests.ts';
import { strings } from './strings.ts';
import { testOutcome } from './test-verdict.tsx';

/** What the tests said before the work and after it, beside each other. */
export function TestsBeside({ run }: { run: Run }) {
  const hasTests = useHasTests(run);
  if (!hasTests && !run.testBefore && !run.testAfter)
    return <p className="p-16 text-body text-ink-2">{strings.tests.noCommand}.</p>;
  return (
    <div className="grid min-h-0 flex-1 content-start gap-x-24 gap-y-16 overflow-y-auto p-16 wide:grid-cols-2">
      <OneTest title={strings.tests.before} test={run.testBefore} />
      <OneTest title={strings.tests.after} test={run.testAfter} />
    </div>
  );
}

function OneTest({ title, test }: { title: string; test: TestEvidence | null }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-8">
      <h2 className="flex items-center gap-8 text-body font-strong">
        {test ? (
          <StatusGlyph shape={test.exitCode === 0 ? 'check' : 'octagon'} />
        ) : (
          <StatusGlyph shape="dashed" />
        )}
        {title}
        <span className="font-regular text-ink-2">{testOutcome(test)}</span>
        {test ? (
          <span className="ms-auto text-meta font-regular text-ink-3">{formatDuration(test.durationMs)}</span>
        ) : null}
      </h2>
      {test ? (
        <>
          <Mono className="text-ink-2">{test.command}</Mono>
          {test.note ? <p className="text-body text-ink-2">{test.note}</p> : null}
          <OutputBlock text={test.output} />
        </>
      ) : null}
    </section>
  );
}

/** What the path policy said of each step. */
export function PolicyVerdicts({ checkpoints }: { checkpoints: readonly Checkpoint[] }) {
  const words = strings.policy;
  if (checkpoints.length === 0) return <p className="p-16 text-body text-ink-2">{words.none}</p>;
  return (
    <ul className="flex min-h-0 flex-1 flex-col gap-16 overflow-y-auto p-16">
      {checkpoints.map((each) => (
        <li key={`${String(each.attempt)} ${String(each.step)}`} className="flex gap-8">
          <StatusGlyph shape={each.policyOk ? 'check' : 'octagon'} />
          <div className="flex min-w-0 flex-col gap-4">
            <span className="font-medium">
              {each.policyOk
                ? words.ok(each.step, each.changedPaths.length)
                : words.bad(each.step, each.policyViolations.length)}
            </span>
            {each.policyViolations.map((violation) => (
              <span key={violation.path + violation.rule} className="text-meta">
                <Mono className="text-danger-text">{violation.path}</Mono>{' '}
                <span className="text-ink-2">
                  {words.refused} <Mono>{violation.rule}</Mono>
                </span>
              </span>
            ))}
            {each.policyOk
              ? each.changedPaths.map((path) => (
                  <Mono key={path} className="text-ink-2">
                    {path}
                  </Mono>
                ))
              : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
