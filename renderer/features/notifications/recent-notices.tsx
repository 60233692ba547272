import { labels } from '../../../preload/contract/labels.ts';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useQuery } from '../../client/client-context.tsx';
import { StatusLabel, type GlyphShape } from '../../ui/status-glyph.tsx';
import { Time } from '../../ui/time.tsx';
import { ReadState } from '../settings/read-state.tsx';
import { strings } from './strings.ts';

type Notice = OutputOf<'notification.list'>[number];

const shapes: Readonly<Record<Notice['outcome'], GlyphShape>> = {
  sent: 'hourglass',
  shown: 'diamond',
  opened: 'check',
  pressed: 'check',
  refused: 'square',
  closed: 'dashed',
  failed: 'octagon',
  withdrawn: 'dashed',
  suppressed: 'pause',
};

/** The last notices, newest first, with what became of each and why. */
export function RecentNotices() {
  return (
    <ReadState query={useQuery('notification.list', { limit: 30 })}>
      {(list) =>
        list.length === 0 ? (
          <p className="text-ink-2">{strings.nothing}</p>
        ) : (
          <ul className="flex flex-col">
            {list.map((notice) => (
              <Row key={notice.id} notice={notice} />
            ))}
          </ul>
        )
      }
    </ReadState>
  );
}

function Row({ notice }: { notice: Notice }) {
  const last = notice.outcomes.at(-1);
  const why = [
    notice.channel === '' ? '' : (strings.names[notice.channel] ?? notice.channel),
    last?.detail ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <li className="flex items-start gap-16 border-b border-line py-8 last:border-b-0">
      <span className="w-[112px] shrink-0">
        <StatusLabel shape={shapes[notice.outcome]}>{labels.noticeOutcome[notice.outcome]}</StatusLabel>
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate" title={notice.title}>
          {notice.title}
        </span>
        <span className="block text-meta text-ink-2 wrap-anywhere">{why}</span>
      </span>
      <Time at={notice.createdAt} className="shrink-0 text-meta text-ink-3 tabular-nums" />
    </li>
  );
}
