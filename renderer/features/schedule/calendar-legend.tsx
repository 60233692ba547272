import { Kbd } from '../../ui/kbd.tsx';
import { hatch } from './lane-head.tsx';
import { strings } from './strings.ts';

const { legend } = strings.calendar;

/** What the marks stand for; the same words as on each of them. */
export function CalendarLegend() {
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-16 gap-y-4 border-t border-line px-12 py-6 text-meta text-ink-2">
      <span className="flex items-center gap-6">
        <span aria-hidden className="h-8 w-16 rounded-[2px] bg-success" />
        {legend.ran}
      </span>
      <span className="flex items-center gap-6">
        <span aria-hidden className="h-2 w-16 bg-neutral opacity-60" />
        {legend.waited}
      </span>
      <span className="flex items-center gap-6">
        <span aria-hidden className="h-12 w-16 rounded-[2px] border border-dashed border-control" />
        {legend.planned}
      </span>
      <span className="flex items-center gap-6">
        <span aria-hidden className="h-12 w-16 rounded-[2px] border border-accent" />
        {legend.moved}
      </span>
      <span className="flex items-center gap-6">
        <span aria-hidden className="h-12 w-16 border-e border-control" style={{ backgroundImage: hatch }} />
        {legend.exhausted}
      </span>
      <span className="ms-auto flex items-center gap-6 max-narrow:hidden">
        <Kbd keys="Alt+ArrowLeft" />
        <Kbd keys="Alt+ArrowRight" />
        {legend.move}
      </span>
    </p>
  );
}
