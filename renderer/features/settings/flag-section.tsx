import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { FlagRow } from './flag-row.tsx';
import type { Flag } from './flag-value.ts';
import { ReadState } from './read-state.tsx';

/** Settings of the runtime under their headings. */
export function FlagSection({ groups }: { groups: readonly Flag['group'][] }) {
  const flags = useQuery('flag.list', {});
  return (
    <ReadState query={flags}>
      {(list) =>
        groups.map((group) => (
          <section key={group} aria-label={labels.flagGroup[group]}>
            {/* One alone is what its page is about. */}
            {groups.length > 1 ? (
              <h3 className="border-b border-line pb-4 text-title">{labels.flagGroup[group]}</h3>
            ) : null}
            {list
              .filter((flag) => flag.group === group)
              .map((flag) => (
                <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />
              ))}
          </section>
        ))
      }
    </ReadState>
  );
}
