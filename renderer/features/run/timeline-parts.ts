import { eventFailed } from './event-kind.ts';
import { number, text } from './event-payload.ts';
import type { RunEvent } from './run-types.ts';
import type { FoldEntry, Leaf, Plain, StepEntry } from './timeline-entry.ts';
import type { ToolKind } from './tool-call.ts';

export function leaf<K extends Plain['kind']>(
  kind: K,
  event: RunEvent,
  at: number,
  open = false,
): Plain & { kind: K } {
  return {
    kind,
    key: `e${String(event.seq)}`,
    seq: event.seq,
    step: number(event, 'step') ?? null,
    stage: text(event, 'stage'),
    at,
    until: null,
    open,
    failed: eventFailed(event),
    events: [event],
  };
}

export function stepOf(event: RunEvent, at: number): StepEntry {
  return {
    ...leaf('message', event, at, true),
    kind: 'step',
    title: text(event, 'title'),
    of: number(event, 'of') ?? null,
    result: '',
    failedAt: [],
    tokens: 0,
  };
}

/** Adds to the same list of items: a fold of thousands of calls must not be copied with each of them. */
export function grown(fold: FoldEntry, item: Leaf): FoldEntry {
  (fold.items as Leaf[]).push(item);
  const counts =
    item.kind === 'tool' ? { ...fold.counts, [item.tool]: (fold.counts[item.tool] ?? 0) + 1 } : fold.counts;
  return { ...fold, counts, until: item.until ?? item.at, open: item.open };
}

/** One call stays itself; two and more become a fold. */
export function foldOf(items: Leaf[]): FoldEntry | Leaf {
  const first = items[0] as Leaf;
  const last = items.at(-1) as Leaf;
  if (items.length === 1) return first;
  const counts: Partial<Record<ToolKind, number>> = {};
  for (const item of items) if (item.kind === 'tool') counts[item.tool] = (counts[item.tool] ?? 0) + 1;
  const { seq, step, stage, at } = first;
  return {
    kind: 'fold',
    key: `f${first.key}`,
    seq,
    step,
    stage,
    at,
    until: last.until ?? last.at,
    open: last.open,
    failed: false,
    events: [],
    items,
    counts,
  };
}
