import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { GlyphShape } from '../../ui/status-glyph.tsx';

type Stage = OutputOf<'proposal.get'>['proposal']['stage'];

/** How a stage looks in a row: what is open, what was decided for, and what is put away. */
export const stageShapes: Readonly<Record<Stage, GlyphShape>> = {
  idea: 'dashed',
  research: 'dashed',
  plan: 'dashed',
  approved: 'check',
  archived: 'square',
  rejected: 'square',
};
