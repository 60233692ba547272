import type { ReactNode } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

export type GuideEntry = OutputOf<'guide.get'>['steps'][number];

/** The steps in their order, each ticked or not; `action` is what leads on from one. */
export function GuideSteps({
  steps,
  next,
  action,
}: {
  steps: readonly GuideEntry[];
  next?: GuideEntry | undefined;
  action?: ((entry: GuideEntry) => ReactNode) | undefined;
}) {
  return (
    <ol className="flex flex-col">
      {steps.map((entry) => (
        <li
          key={entry.step}
          aria-current={entry === next ? 'step' : undefined}
          className={cx('flex items-start gap-12 rounded-control px-8 py-6', entry === next && 'bg-selected')}
        >
          <span className="mt-2">
            <StatusGlyph
              shape={entry.done ? 'check' : 'dashed'}
              label={entry.done ? strings.done : strings.open}
            />
          </span>
          <span className="flex min-w-0 flex-1 flex-col">
            <span className={cx('text-body', entry.done ? 'text-ink-2' : 'font-medium text-ink')}>
              {labels.guideStep[entry.step]}
            </span>
            <span className="text-meta text-ink-2 wrap-anywhere">{entry.words}</span>
          </span>
          {entry.done ? null : action?.(entry)}
        </li>
      ))}
    </ol>
  );
}
