import { labels } from '../../../preload/contract/labels.ts';
import type { InboxItem } from '../../../preload/contract/worker.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Time } from '../../ui/time.tsx';
import { strings } from './strings.ts';

/** What an agent asks to be allowed, or asks in words: all of it, since it is decided on. */
export function QuickEvidence({ item, facts }: { item: InboxItem; facts: readonly string[] }) {
  const asks = item.kind === 'permission' || item.kind === 'blocked';
  const { data } = useQuery('run.get', { id: item.entityId }, { enabled: asks });
  const asked = data?.asks?.find(({ kind }) => kind === 'permission');
  if (item.kind === 'permission' && asked)
    return (
      <>
        <pre className="font-mono text-code whitespace-pre-wrap wrap-anywhere text-ink">{asked.text}</pre>
        <p className="flex flex-wrap gap-x-12 text-meta text-ink-2">
          <span>{asked.tool}</span>
          {asked.risk === null ? null : (
            <span>{strings.riskOf(labels.risk[asked.risk], asked.riskNote)}</span>
          )}
          {asked.expiresAt === null ? null : (
            <span>
              {strings.denied} <Time at={asked.expiresAt} />
            </span>
          )}
        </p>
      </>
    );
  // Of a result its item says in short what its facts say.
  const told = item.kind === 'review' && facts.length > 0;
  const words = item.kind === 'blocked' ? (data?.run.question ?? item.detail) : told ? '' : item.detail;
  return (
    <>
      {words === '' ? null : (
        <p className="text-body whitespace-pre-line text-ink-2 wrap-anywhere">{words}</p>
      )}
      {facts.length === 0 ? null : (
        <p className="flex flex-wrap gap-x-12 text-meta text-ink tabular-nums">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
    </>
  );
}
