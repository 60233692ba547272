import { cx } from './cx.ts';
import { formatKeys } from './keys.ts';

/** A key or a sequence, in the notation of the action registry ("$mod+k", "g b"). */
export function Kbd({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  const presses = formatKeys(keys);
  return (
    <span className="inline-flex shrink-0 items-center gap-2">
      {presses.map((press, index) => (
        <kbd
          key={index}
          className={cx(
            'inline-flex items-center justify-center font-mono text-micro font-regular',
            quiet ? '' : 'h-16 min-w-16 rounded-chip border border-line px-4 text-ink-2',
          )}
        >
          {press}
        </kbd>
      ))}
    </span>
  );
}
