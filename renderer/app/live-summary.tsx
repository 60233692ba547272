import { useEffect, useState } from 'react';
import { useClock } from '../ui/clock-context.tsx';
import { useShellState } from './shell-context.tsx';
import { strings } from './strings.ts';

const leastMs = 10_000;

/** Tells those who do not see the counts how they stand: when they changed, and at most once in ten seconds. */
export function LiveSummary() {
  const clock = useClock();
  const { counts } = useShellState();
  const { inbox, runs } = counts;
  const now =
    inbox === undefined || runs === undefined
      ? ''
      : `${strings.shell.needsYou(inbox)}, ${strings.shell.running(runs)}`;
  const [first, setFirst] = useState('');
  const [said, setSaid] = useState('');
  // How things stand when the page opens is read with the page.
  if (first === '' && now !== '') setFirst(now);
  useEffect(
    () =>
      now === said || (said === '' && now === first) ? undefined : clock.after(leastMs, () => setSaid(now)),
    [clock, now, said, first],
  );
  return (
    <span role="status" className="sr-only">
      {said}
    </span>
  );
}
