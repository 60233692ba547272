import type { ReactNode } from 'react';
import type { DataStatus } from '../../../preload/contract/data.ts';
import { useQuery } from '../../client/client-context.tsx';
import { formatBytes } from '../../ui/format-time.ts';
import { ReadState } from './read-state.tsx';
import { strings } from './strings.ts';

const words = strings.data;

/** How much room the data takes, by what it is, and what would be deleted now by the times below. */
export function DataSizes() {
  const status = useQuery('data.status', {}, { every: 30_000 });
  return (
    <section aria-label={words.room} className="flex flex-col gap-8">
      <h3 className="border-b border-line pb-4 text-title">{words.room}</h3>
      <ReadState query={status}>
        {({ sizes, retention }) => (
          <>
            <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-24 gap-y-4">
              {rowsOf(sizes).map(([name, bytes, note]) => (
                <Row key={name} term={name} note={note}>
                  {formatBytes(bytes)}
                </Row>
              ))}
            </dl>
            <p className="text-meta text-ink-2">
              {words.wouldGo(
                retention.runEvents + retention.domainEvents,
                retention.outputs,
                formatBytes(retention.outputBytes),
              )}
            </p>
          </>
        )}
      </ReadState>
    </section>
  );
}

type Shown = readonly [name: string, bytes: number, note?: string];

function rowsOf(sizes: DataStatus['sizes']): Shown[] {
  const rows: Shown[] = [
    [
      words.database,
      sizes.database + sizes.writeAheadLog,
      sizes.free > 0 ? words.free(formatBytes(sizes.free)) : '',
    ],
    [words.output, sizes.rawOutput],
    [words.backups, sizes.backups],
    [words.archives, sizes.archives],
    [words.logs, sizes.logs],
  ];
  return sizes.setAside > 0 ? [...rows, [words.setAside, sizes.setAside]] : rows;
}

function Row({ term, note, children }: { term: string; note?: string | undefined; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">
        {term}
        {note ? <span className="ms-8 text-meta text-ink-3">{note}</span> : null}
      </dt>
      <dd className="text-end tabular-nums">{children}</dd>
    </>
  );
}
