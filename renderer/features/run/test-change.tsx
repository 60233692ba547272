import { ArrowRight } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { testWord } from './run-figures.ts';

/** The exit codes of the tests before and after the work. Only the later one carries a colour. */
export function TestChange({
  before,
  after,
  hasTests,
}: {
  before: number | null;
  after: number | null;
  hasTests: boolean;
}) {
  if (!hasTests || (before === null && after === null)) return <span className="text-ink-3">–</span>;
  return (
    <span className="inline-flex items-center gap-4 whitespace-nowrap">
      <span className="text-ink-2">{testWord(before, before !== null)}</span>
      <ArrowRight aria-label="then" size={12} strokeWidth={1.5} className="shrink-0 text-ink-3" />
      <span
        className={cx(after === null ? 'text-ink-3' : after === 0 ? 'text-success-text' : 'text-danger-text')}
      >
        {after === null ? '…' : testWord(after, true)}
      </span>
    </span>
  );
}
