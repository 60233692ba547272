import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { strings } from './strings.ts';

const words = strings.diff;

/** Leaves a hunk or a file out of what is applied, or takes it in again; without `onPress` it only says that it is left out. */
export function LeaveOutButton({
  out,
  shown,
  onPress,
}: {
  out: boolean;
  /** When it is seen while nothing is left out yet. */
  shown: string;
  onPress: (() => void) | undefined;
}) {
  if (onPress)
    return (
      <Button
        size="small"
        variant="ghost"
        tabIndex={-1}
        aria-pressed={out}
        className={cx(!out && 'opacity-0 group-data-[cursor]/row:opacity-100', !out && shown)}
        onClick={onPress}
      >
        {out ? `${words.out} · ${words.takeIn}` : words.leaveOut}
      </Button>
    );
  return out ? <span className="text-meta font-medium text-ink-2">{words.out}</span> : null;
}
