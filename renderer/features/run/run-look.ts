import type { GlyphShape, Tone } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';
import type { RunStatus } from './run-types.ts';

export interface RunLook {
  readonly shape: GlyphShape;
  readonly label: string;
  readonly tone: Tone;
}

/** A diamond means "needs you", and nothing else does. */
const shapes: Record<RunStatus, readonly [GlyphShape, Tone]> = {
  draft: ['diamond', 'attention'],
  queued: ['dashed', 'neutral'],
  running: ['spinner', 'running'],
  validating: ['spinner', 'running'],
  blocked: ['diamond', 'attention'],
  paused: ['pause', 'neutral'],
  review: ['diamond', 'attention'],
  applied: ['check', 'success'],
  completed: ['check', 'success'],
  discarded: ['square', 'neutral'],
  failed: ['octagon', 'danger'],
  timeout: ['octagon', 'danger'],
  stopped: ['square', 'neutral'],
  rejected: ['square', 'neutral'],
};

export function runLook(status: RunStatus): RunLook {
  const [shape, tone] = shapes[status];
  return { shape, tone, label: strings.status[status] };
}

const ended: ReadonlySet<RunStatus> = new Set([
  'applied',
  'completed',
  'discarded',
  'failed',
  'timeout',
  'stopped',
  'rejected',
]);
export function runIsOver(status: RunStatus): boolean {
  return ended.has(status);
}
/** How the work came out; undefined while there is more to come. */
export function runOutcome(status: RunStatus): 'well' | 'wrong' | undefined {
  if (status === 'failed' || status === 'timeout') return 'wrong';
  return status === 'review' || runIsOver(status) ? 'well' : undefined;
}
export function runWorks(status: RunStatus): boolean {
  return status === 'running' || status === 'validating';
}
/** What a row alone says about what can be done; the runtime has the last word. */
export function rowAllows(
  status: RunStatus,
  action: 'pause' | 'resume' | 'stop' | 'retry' | 'discard' | 'diff',
): boolean {
  if (action === 'pause') return status === 'queued' || runWorks(status);
  if (action === 'resume') return status === 'paused';
  if (action === 'stop') return !runIsOver(status);
  if (action === 'discard') return status === 'review';
  if (action === 'retry') return status === 'failed' || status === 'timeout' || status === 'stopped';
  return true;
}
