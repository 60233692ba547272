import { ChevronDown } from 'lucide-react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { strings as compareStrings } from './compare-strings.ts';
import { firstLine } from './event-payload.ts';
import type { RunDetail, RunRow } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.head;

/** The attempts at the same work; choosing one shows it. The only one goes without saying. */
export function AttemptsMenu({ detail }: { detail: RunDetail }) {
  const router = useRouter();
  const { run, attempts } = detail;
  const others = attempts.filter((each) => each.id !== run.id);
  if (others.length === 0) return run.attempt > 1 ? <span>{words.attempt(run.attempt)}</span> : null;
  const all: (RunRow | RunDetail['run'])[] = [...others, run].toSorted((a, b) => a.attempt - b.attempt);
  return (
    <Menu
      trigger={
        <Button size="small" variant="ghost">
          {words.attempt(run.attempt)}
          <ChevronDown aria-hidden size={14} strokeWidth={1.5} />
        </Button>
      }
      entries={[
        { heading: words.attempts },
        ...all.map((each) => ({
          id: each.id,
          label: `${words.attempt(each.attempt)} · #${String(each.number)} · ${strings.status[each.status]}`,
          detail: endOf(each),
          checked: each.id === run.id,
          onSelect: () => {
            router.go(to('run', { id: each.id }));
          },
        })),
        'separator',
        {
          id: 'compare',
          label: compareStrings.menu,
          keys: 'b',
          onSelect: () => {
            router.go(to('run', { id: run.id }, { tab: 'attempts' }));
          },
        },
      ]}
    />
  );
}

/** Why an attempt ended as it did, in a line; undefined where its status says it all. */
function endOf({ error }: Pick<RunRow, 'error'>): string | undefined {
  return firstLine(error ?? '') || undefined;
}
