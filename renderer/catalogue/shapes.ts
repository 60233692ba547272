import { type GlyphShape } from '../ui/status-glyph.tsx';

/** Every shape of a status, in words. */
export const shapes: readonly [GlyphShape, string][] = [
  ['dashed', 'Queued'],
  ['spinner', 'Running'],
  ['diamond', 'Needs you'],
  ['hourglass', 'Waiting'],
  ['pause', 'Paused'],
  ['check', 'Done'],
  ['octagon', 'Failed'],
  ['square', 'Stopped'],
];
