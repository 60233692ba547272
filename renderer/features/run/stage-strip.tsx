import { labels } from '../../../preload/contract/labels.ts';
import { cx } from '../../ui/cx.ts';
import { StatusGlyph, type GlyphShape, type Tone } from '../../ui/status-glyph.tsx';
import type { RunDetail } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.stages;
type Stage = RunDetail['stages'][number];

const looks: Record<Stage['status'], readonly [GlyphShape, Tone]> = {
  pending: ['dashed', 'neutral'],
  running: ['spinner', 'running'],
  blocked: ['diamond', 'attention'],
  passed: ['check', 'success'],
  failed: ['octagon', 'danger'],
  skipped: ['square', 'neutral'],
};

/** How each stage of the present attempt stands, in the order they were given. Nothing for a run without stages. */
export function StageStrip({ stages }: { stages: readonly Stage[] }) {
  if (stages.length === 0) return null;
  return (
    <ol
      aria-label={words.label}
      className="flex shrink-0 flex-wrap items-center gap-x-16 gap-y-4 border-b border-line px-12 py-6 text-meta"
    >
      {stages.map((stage) => (
        <StageMark key={stage.stage} stage={stage} />
      ))}
    </ol>
  );
}

function StageMark({ stage: { stage, status, tries, error } }: { stage: Stage }) {
  const [shape, tone] = looks[status];
  const label = labels.stageStatus[status];
  return (
    <li className="inline-flex items-center gap-6 whitespace-nowrap" title={error ?? undefined}>
      <StatusGlyph shape={shape} tone={tone} />
      <span className="font-mono text-ink">{stage}</span>
      <span className={cx(status === 'failed' ? 'text-danger-text' : 'text-ink-2')}>{label}</span>
      {tries > 1 ? <span className="text-ink-3">{words.tries(tries)}</span> : null}
    </li>
  );
}
