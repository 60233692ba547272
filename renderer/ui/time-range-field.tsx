import { Field } from './field.tsx';
import { TextField } from './text-field.tsx';
import { splitRange } from './time-range-text.ts';

export interface TimeRangeFieldProps {
  /** `22:00-07:00`; empty before or after the sign while only one is given; empty for none. */
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** What begins and ends, for who cannot see what stands around the two fields. */
  readonly label: string;
}

/** Two times of day, from and to. Inside a Field, which says what is wrong with them. */
export function TimeRangeField({ value, onValueChange, label }: TimeRangeFieldProps) {
  const { from, to } = splitRange(value);
  const change = (begin: string, end: string): void => {
    onValueChange(begin === '' && end === '' ? '' : `${begin}-${end}`);
  };
  return (
    <span role="group" aria-label={label} className="flex items-center gap-8">
      <Field hideLabel label={`${label} from`}>
        <TextField
          type="time"
          className="w-[116px]"
          value={from}
          onValueChange={(next) => {
            change(next, to);
          }}
        />
      </Field>
      <span aria-hidden className="text-meta text-ink-2">
        to
      </span>
      <Field hideLabel label={`${label} to`}>
        <TextField
          type="time"
          className="w-[116px]"
          value={to}
          onValueChange={(next) => {
            change(from, next);
          }}
        />
      </Field>
    </span>
  );
}
