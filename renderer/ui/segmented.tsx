import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { LucideIcon } from 'lucide-react';
import { passChord } from './pass-chord.ts';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
}

/** One of a few ways to see the same thing. */
export function Segmented<Value extends string>({
  label,
  segments,
  value,
  onValueChange,
}: SegmentedProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next: Value) => {
        onValueChange(next);
      }}
      className="inline-flex h-28 shrink-0 items-center gap-2 rounded-control bg-inset p-2"
    >
      {segments.map(({ value: each, label: name, icon: Icon }) => (
        <Radio.Root
          key={each}
          value={each}
          aria-label={name}
          onKeyDown={passChord}
          className="inline-flex h-24 select-none items-center gap-6 rounded-chip border border-transparent px-8 text-meta font-medium text-ink-2 hover:text-ink data-checked:border-line data-checked:bg-raised data-checked:text-ink"
        >
          {Icon ? <Icon aria-hidden size={14} strokeWidth={1.5} /> : null}
          {name}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
