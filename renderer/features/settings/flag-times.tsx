import { useQuery } from '../../client/client-context.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TimeRangeField } from '../../ui/time-range-field.tsx';
import { rangeLength } from '../../ui/time-range-text.ts';
import { readFlag, type Flag } from './flag-value.ts';

/** A setting that is a time of day, or two; with the zone it is reckoned in, which may not be the reader's. */
export function FlagTimes({
  flag,
  value,
  onValueChange,
}: {
  readonly flag: Flag;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}) {
  const zone = useQuery('notification.support', {}).data?.zone;
  const range = flag.kind.type === 'time_range';
  const good = readFlag(flag, value).value;
  const words = [range && good !== undefined && good !== '' ? rangeLength(good) : undefined, zone];
  return (
    <>
      {range ? (
        <TimeRangeField label={flag.name} value={value} onValueChange={onValueChange} />
      ) : (
        <TextField type="time" className="w-[116px]" value={value} onValueChange={onValueChange} />
      )}
      <span className="text-meta text-ink-2 tabular-nums">
        {words.filter((part) => part !== undefined).join(' · ')}
      </span>
    </>
  );
}
