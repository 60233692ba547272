import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { GlyphShape } from '../../ui/status-glyph.tsx';

/** The stage of a proposal as a shape with its words. */
export function proposalStatus({ stage, planning, plan }: OutputOf<'proposal.get'>['proposal']): {
  shape: GlyphShape;
  label: string;
} {
  const label = labels.stage[stage];
  if (stage === 'plan') {
    if (planning === 'planning') return { shape: 'spinner', label: labels.planning.planning };
    if (planning === 'failed') return { shape: 'octagon', label: labels.planning.failed };
    return { shape: plan ? 'diamond' : 'dashed', label };
  }
  if (stage === 'approved') return { shape: 'check', label };
  if (stage === 'archived' || stage === 'rejected') return { shape: 'square', label };
  return { shape: 'dashed', label };
}
