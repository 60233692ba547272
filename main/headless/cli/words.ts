import { parseTime } from '../../shared/clock.ts';
import { runStatus, type RunStatus } from '../../domain/run/status.ts';
import type { Style } from './paint.ts';

/** How long ago or ahead, in one rounded figure: `3 min ago`, `in 2 h`, `just now`; `-` for never. */
export function relativeTime(at: string | null, nowMs: number): string {
  if (at === null) return '-';
  const delta = parseTime(at) - nowMs;
  const size = Math.abs(delta);
  if (size < 45_000) return 'just now';
  const text =
    size < 90 * 60_000
      ? `${String(Math.max(1, Math.round(size / 60_000)))} min`
      : size < 36 * 3_600_000
        ? `${String(Math.round(size / 3_600_000))} h`
        : `${String(Math.round(size / 86_400_000))} d`;
  return delta < 0 ? `${text} ago` : `in ${text}`;
}

/** A duration in two units at most: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min${seconds % 60 ? ` ${String(seconds % 60)} s` : ''}`;
  return `${String(Math.floor(minutes / 60))} h${minutes % 60 ? ` ${String(minutes % 60)} min` : ''}`;
}

export function byteSize(size: number): string {
  if (size < 1024) return `${String(size)} B`;
  if (size < 1_048_576) return `${(size / 1024).toFixed(1)} KiB`;
  return `${(size / 1_048_576).toFixed(1)} MiB`;
}

/** `1 run`, `2 runs`. */
export function count(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}

const glyphs: Readonly<Record<RunStatus, readonly [string, Style]>> = {
  draft: ['?', 'yellow'],
  queued: ['·', 'dim'],
  running: ['▸', 'blue'],
  validating: ['▸', 'blue'],
  blocked: ['?', 'yellow'],
  paused: ['‖', 'yellow'],
  review: ['◆', 'yellow'],
  applied: ['✓', 'green'],
  completed: ['✓', 'green'],
  discarded: ['−', 'dim'],
  failed: ['✗', 'red'],
  timeout: ['✗', 'red'],
  stopped: ['■', 'dim'],
  rejected: ['−', 'dim'],
};

/** The status of a run as a glyph and words: neither the glyph nor the colour ever stands alone. */
export function statusText(status: RunStatus): { text: string; style: Style } {
  const [glyph, style] = glyphs[status];
  return { text: `${glyph} ${runStatus.labels[status]}`, style };
}

export function testText(exit: number | null, hasTests: boolean): string {
  if (!hasTests) return 'no tests';
  if (exit === null) return '-';
  return exit === 0 ? 'pass' : `fail (${String(exit)})`;
}

export function changeText(row: { filesChanged: number; additions: number; deletions: number }): string {
  return row.filesChanged === 0
    ? '-'
    : `${count(row.filesChanged, 'file')} +${String(row.additions)} −${String(row.deletions)}`;
}
