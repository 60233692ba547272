import { ChevronDown, ChevronsUp, ChevronUp, type LucideIcon } from 'lucide-react';
import { priorityWord, type PriorityLevel } from '../../../preload/contract/board.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { strings } from './strings.ts';

const marks: Partial<Record<PriorityLevel, LucideIcon>> = {
  urgent: ChevronsUp,
  high: ChevronUp,
  low: ChevronDown,
};

/** A priority that is not the usual one. */
export function PriorityMark({ priority }: { readonly priority: number }) {
  const level = priorityWord(priority);
  const Mark = marks[level];
  if (!Mark) return null;
  return (
    <span title={strings.priority(labels.priority[level])} className="inline-flex shrink-0 text-ink">
      <Mark aria-hidden size={14} strokeWidth={2} />
    </span>
  );
}
