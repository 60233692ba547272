import type { Run, TestEvidence } from '../run/run-types.ts';
import { useHasTests } from '../run/use-has-tests.ts';
import { strings } from './strings.ts';

/** The outcome of one test run, in a word. */
export function testOutcome(test: TestEvidence | null): string {
  if (!test) return strings.tests.notRun;
  if (test.exitCode === null) return strings.tests.ended;
  return test.exitCode === 0 ? strings.tests.passed : strings.tests.failed(test.exitCode);
}

/** Tests before and after the work; only the later one is coloured. */
export function TestVerdict({ run }: { run: Run }) {
  const { testBefore: before, testAfter: after } = run;
  const hasTests = useHasTests(run);
  if (!before && !after)
    return <span className="text-ink-2">{hasTests ? strings.tests.notRun : strings.tests.noCommand}</span>;
  return (
    <span className="whitespace-nowrap">
      <span className="text-ink-2">{testOutcome(before)}</span>
      <span className="px-4 text-ink-3">→</span>
      <span
        className={after?.exitCode === 0 ? 'font-medium text-success-text' : 'font-medium text-danger-text'}
      >
        {testOutcome(after)}
      </span>
    </span>
  );
}
