import { Segmented } from '../../ui/segmented.tsx';
import type { Flag } from '../settings/flag-value.ts';
import { useSetFlag } from '../settings/use-set-flag.ts';

/** How loud one kind of item is told; what is chosen holds at once. */
export function KindRow({ flag }: { flag: Flag }) {
  const { failure, set } = useSetFlag(flag);
  if (flag.kind.type !== 'choice') return null;
  const changed = flag.value !== flag.defaultValue;
  return (
    <div className="flex flex-wrap items-center gap-8 border-b border-line py-8 last:border-b-0">
      <span aria-hidden className={changed ? 'size-6 shrink-0 rounded-full bg-accent' : 'size-6 shrink-0'} />
      <span className="min-w-0 flex-1">{flag.name}</span>
      <Segmented
        label={flag.name}
        value={flag.value}
        segments={Object.entries(flag.kind.options).map(([value, label]) => ({ value, label }))}
        onValueChange={(value) => {
          void set(value);
        }}
      />
      {failure ? (
        <span role="alert" className="w-full text-danger-text">
          {failure.message}
        </span>
      ) : null}
    </div>
  );
}
