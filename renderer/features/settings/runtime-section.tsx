import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { FlagRow } from './flag-row.tsx';
import type { Flag } from './flag-value.ts';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

/** How the owner is told has a page of its own. */
const groups = (Object.entries(labels.flagGroup) as [Flag['group'], string][]).filter(
  ([group]) => group !== 'notify' && group !== 'notify_kinds',
);

export function RuntimeSection() {
  const flags = useQuery('flag.list', {});
  return (
    <>
      <p className="text-ink-2">{strings.runtimeHelp}</p>
      <ReadState query={flags}>
        {(list) =>
          groups.map(([group, title]) => (
            <section key={group} aria-label={title}>
              <h3 className="border-b border-line pb-4 text-title">{title}</h3>
              {list
                .filter((flag) => flag.group === group)
                .map((flag) => (
                  <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />
                ))}
            </section>
          ))
        }
      </ReadState>
    </>
  );
}
