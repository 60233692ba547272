import { cx } from '../../ui/cx.ts';
import { lineDiff } from './line-diff.ts';
import { planLines } from './plan-lines.ts';
import type { Plan } from './plan-summary.tsx';
import { strings } from './strings.ts';

const looks = {
  same: { mark: ' ', look: 'border-transparent' },
  added: { mark: '+', look: 'border-success bg-diff-add-line' },
  removed: { mark: '−', look: 'border-danger bg-diff-delete-line' },
} as const;

export function PlanDiff({ before, after }: { before: Plan; after: Plan }) {
  const lines = lineDiff(planLines(before), planLines(after));
  if (lines.every(({ kind }) => kind === 'same')) return <p className="text-ink-2">{strings.plan.same}</p>;
  return (
    <div className="overflow-hidden rounded-control border border-line bg-code">
      {lines.map(({ kind, text }, index) => (
        <p key={index} className={cx('flex gap-8 border-s-[3px] px-8 text-body', looks[kind].look)}>
          <span className="w-8 shrink-0 font-mono text-ink-2 select-none">{looks[kind].mark}</span>
          <span className="min-w-0 wrap-anywhere">{text}</span>
        </p>
      ))}
    </div>
  );
}
