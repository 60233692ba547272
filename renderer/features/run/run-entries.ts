import { useActionEntries } from '../../app/actions-context.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { strings } from './strings.ts';

const ids = ['run.open', 'run.peek', 'run.diff', 'run.pause', 'run.retry', 'run.select'] as const;
const last = ['run.stop'] as const;
const copies = ['run.copy-link'] as const;

/** What can be done with the selected run, as a menu; the same actions as the keys and the palette have. */
export function useRunEntries(): readonly MenuEntry[] {
  const main = useActionEntries(ids);
  const copy = useActionEntries(copies);
  const stop = useActionEntries(last);
  return [
    ...main,
    'separator',
    ...copy,
    'separator',
    ...stop.map((entry) => ({ ...entry, danger: true, label: strings.actions.stopAsk })),
  ];
}
