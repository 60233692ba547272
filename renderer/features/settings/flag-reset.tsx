import { Button } from '../../ui/button.tsx';
import type { Flag } from './flag-value.ts';
import { strings } from './strings.ts';

/** The way back to the default; nothing where it holds. */
export function FlagReset({
  flag,
  busy,
  words,
  set,
}: {
  readonly flag: Flag;
  readonly busy: boolean;
  /** What the default is, for people. */
  readonly words: string;
  readonly set: (value: string) => Promise<void>;
}) {
  if (flag.value === flag.defaultValue) return null;
  return (
    <Button size="small" variant="ghost" busy={busy} onClick={() => void set(flag.defaultValue)}>
      {strings.reset(words)}
    </Button>
  );
}
