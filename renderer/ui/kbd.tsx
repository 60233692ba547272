import { cx } from './cx.ts';
import { useShownKeys } from './key-hints.tsx';
import { formatKeys } from './keys.ts';

interface Looks {
  readonly quiet?: boolean | undefined;
}

/** The key or sequence that a hint stands for ("c", "@run.stop"); nothing when its action has no key. */
export function Kbd({ keys, quiet }: { keys: string } & Looks) {
  const shown = useShownKeys(keys);
  return shown ? <KeyCaps keys={shown} quiet={quiet} /> : null;
}

/** A key or a sequence just as it is written, in the notation of the action registry ("$mod+k", "g b"). */
export function KeyCaps({ keys, quiet = false }: { keys: string } & Looks) {
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
