import { CompareRow } from './compare-row.tsx';
import { strings } from './compare-strings.ts';
import { firstLine } from './event-payload.ts';
import { TestWord } from './evidence.tsx';
import type { Checkpoint, RunDetail } from './run-types.ts';

/** The steps of two attempts: what each came to, whether the policy let it pass, and the tests after it. */
export function CompareSteps({ left, right }: { left: RunDetail; right: RunDetail }) {
  const most = Math.max(left.checkpoints.length, right.checkpoints.length);
  if (most === 0)
    return (
      <tbody>
        <tr>
          <td colSpan={3} className="border-t border-line py-6 text-ink-2">
            {strings.noSteps}
          </td>
        </tr>
      </tbody>
    );
  return (
    <tbody>
      {Array.from({ length: most }, (_, index) => {
        const [a, b] = [left.checkpoints[index], right.checkpoints[index]];
        return (
          <CompareRow
            key={index}
            name={stepName(a ?? b, index)}
            left={<Step step={a} />}
            right={<Step step={b} />}
            differs={keyOf(a) !== keyOf(b)}
          />
        );
      })}
    </tbody>
  );
}

function stepName(step: Checkpoint | undefined, index: number): string {
  return step && step.stage !== '' ? `${String(index + 1)} · ${step.stage}` : String(index + 1);
}

function keyOf(step: Checkpoint | undefined): string {
  return step
    ? `${step.changedPaths.join()} ${String(step.policyOk)} ${String(step.test?.exitCode)} ${firstLine(step.result)}`
    : '';
}

function Step({ step }: { step: Checkpoint | undefined }) {
  if (!step) return <span className="text-ink-3">{strings.noStep}</span>;
  return (
    <span className="flex flex-col">
      <span className="line-clamp-3">{firstLine(step.result) || '–'}</span>
      <span className="flex flex-wrap gap-x-12 text-meta text-ink-2">
        <span className="tabular-nums">{strings.paths(step.changedPaths.length)}</span>
        {step.policyOk ? null : <span className="text-danger-text">{strings.policyBroken}</span>}
        {step.test ? <TestWord test={step.test} /> : null}
      </span>
    </span>
  );
}
