import { useQuery } from '../../client/client-context.tsx';
import { BackupList } from './backup-list.tsx';
import { DataSizes } from './data-sizes.tsx';
import { FlagRow } from './flag-row.tsx';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

const words = strings.data;

/** What Homer keeps: how much of it there is, its backups, and for how long. */
export function DataSection() {
  const flags = useQuery('flag.list', {});
  return (
    <>
      <DataSizes />
      <BackupList />
      <section aria-label={words.kept}>
        <h3 className="border-b border-line pb-4 text-title">{words.kept}</h3>
        <ReadState query={flags}>
          {(list) =>
            list
              .filter(({ group }) => group === 'data')
              .map((flag) => <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />)
          }
        </ReadState>
      </section>
    </>
  );
}
