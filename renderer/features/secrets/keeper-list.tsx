import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { StatusLabel, type GlyphShape } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

type Status = OutputOf<'secret.status'>;

const shapes: Record<Status['keepers'][number]['protection'], GlyphShape> = {
  locked: 'check',
  file_rights: 'diamond',
  obscured: 'diamond',
  unusable: 'dashed',
};

/** What could keep secrets here, how well each protects, and which one does. */
export function KeeperList({ status }: { status: Status }) {
  const used = status.keepers.find(({ kind }) => kind === status.keeper);
  const weak = used ? strings.weak[used.protection] : '';
  return (
    <>
      {used === undefined ? <ErrorBar message={strings.nowhere} /> : null}
      {used && weak !== '' ? (
        <ErrorBar kind="stale" message={`${labels.secretProtection[used.protection]}.`} hint={weak} />
      ) : null}
      {status.damaged.length > 0 ? (
        <ErrorBar
          kind="stale"
          message={strings.damaged(status.damaged.length)}
          hint={status.damaged.join(', ')}
        />
      ) : null}
      <ul aria-label={strings.keepers} className="flex flex-col">
        {status.keepers.map(({ kind, protection, detail }) => (
          <li key={kind} className="flex flex-col gap-2 border-b border-line py-8 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-16 gap-y-2">
              <span className="min-w-0 flex-1 font-medium">
                {labels.secretKeeper[kind]}
                {kind === status.keeper ? (
                  <span className="ms-8 font-regular text-ink-3">{strings.used}</span>
                ) : null}
              </span>
              <StatusLabel shape={shapes[protection]}>{labels.secretProtection[protection]}</StatusLabel>
            </div>
            <p className="text-meta text-ink-2 wrap-anywhere">{detail}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
