import { useQuery } from '../../client/client-context.tsx';
import { parseTime } from '../../client/clock.ts';
import { useNow } from '../../ui/clock-context.tsx';
import type { IntentRow } from './intent-types.ts';
import { strings } from './strings.ts';
import { untilWords } from './until-words.ts';

/** The rule of an intent in words, its zone, and the next three times. Asked for when it is looked at: a list has a thousand of them. */
export function NextThree({ row }: { readonly row: Pick<IntentRow, 'id' | 'words' | 'zone' | 'nextLocal'> }) {
  const now = useNow();
  const next = useQuery('intent.get', { id: row.id }).data?.schedule.next.slice(0, 3);
  return (
    <span className="flex flex-col gap-2 py-2 tabular-nums">
      <span className="text-ink-2">{strings.exact(row.words, row.zone)}</span>
      {next === undefined ? (
        <span>{row.nextLocal}</span>
      ) : (
        next.map(({ at, local, movedFrom }) => (
          <span key={at} className="flex justify-between gap-16">
            <span>
              {local}
              {movedFrom === null ? '' : ` · ${strings.page.moved}`}
            </span>
            <span className="text-ink-3">{untilWords(parseTime(at), now)}</span>
          </span>
        ))
      )}
    </span>
  );
}
