import { cx } from '../../ui/cx.ts';
import { changedParts, type Part } from './changed-part.ts';
import { lineDiff } from './line-diff.ts';
import { planLines } from './plan-lines.ts';
import type { Plan } from './plan-summary.tsx';
import { strings } from './strings.ts';

const looks = {
  same: { mark: ' ', look: 'border-transparent', word: '' },
  added: { mark: '+', look: 'border-success bg-diff-add-line', word: 'bg-diff-add-word' },
  removed: { mark: '−', look: 'border-danger bg-diff-delete-line', word: 'bg-diff-delete-word' },
} as const;

export function PlanDiff({ before, after }: { before: Plan; after: Plan }) {
  const lines = lineDiff(planLines(before), planLines(after));
  if (lines.every(({ kind }) => kind === 'same')) return <p className="text-ink-2">{strings.plan.same}</p>;
  const parts = changedParts(lines);
  return (
    <div className="overflow-hidden rounded-control border border-line bg-code">
      {lines.map(({ kind, text }, index) => (
        <p key={index} className={cx('flex gap-8 border-s-[3px] px-8 text-body', looks[kind].look)}>
          <span className="w-8 shrink-0 font-mono text-ink-2 select-none">{looks[kind].mark}</span>
          <Words text={text} part={parts[index]} look={looks[kind].word} />
        </p>
      ))}
    </div>
  );
}

function Words({
  text,
  part,
  look,
}: {
  readonly text: string;
  readonly part: Part | undefined;
  readonly look: string;
}) {
  if (!part || part[0] === part[1]) return <span className="min-w-0 wrap-anywhere">{text}</span>;
  const [from, to] = part;
  return (
    <span className="min-w-0 wrap-anywhere">
      {text.slice(0, from)}
      <span className={cx('rounded-chip', look)}>{text.slice(from, to)}</span>
      {text.slice(to)}
    </span>
  );
}
