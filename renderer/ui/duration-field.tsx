import { Field } from './field.tsx';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';
import { durationUnits, splitDuration, type DurationUnit } from './duration-text.ts';

const words: Readonly<Record<DurationUnit, string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  min: 'minutes',
  h: 'hours',
  day: 'days',
};

export interface DurationFieldProps {
  /** An amount and its unit, as typed: "90 s". See `duration-text.ts`. */
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** What the unit belongs to, for who cannot see the field beside it. */
  readonly label: string;
  readonly units?: readonly DurationUnit[] | undefined;
  readonly placeholder?: string | undefined;
}

/** A length of time. Inside a Field, like a TextField. */
export function DurationField({ value, onValueChange, label, units, placeholder }: DurationFieldProps) {
  const { amount, unit } = splitDuration(value);
  const offered = units ?? (Object.keys(durationUnits) as DurationUnit[]);
  return (
    <span className="flex min-w-0 items-center gap-8">
      <TextField
        value={amount}
        inputMode="decimal"
        placeholder={placeholder}
        className="min-w-0 flex-1"
        onValueChange={(next) => {
          onValueChange(`${next} ${unit}`);
        }}
      />
      <span className="w-[116px] shrink-0">
        {/* A field of its own, or it would take the label of the amount. */}
        <Field hideLabel label={`Unit of ${label}`}>
          <Select
            value={unit}
            onValueChange={(next) => {
              onValueChange(`${amount} ${next}`);
            }}
            options={(offered.includes(unit) ? offered : [unit, ...offered]).map((each) => ({
              value: each,
              label: words[each],
            }))}
          />
        </Field>
      </span>
    </span>
  );
}
