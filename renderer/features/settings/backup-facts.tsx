import type { Backup } from '../../../preload/contract/backup.ts';
import { parseTime } from '../../client/clock.ts';
import { formatBytes, formatExact } from '../../ui/format-time.ts';
import { Mono } from '../../ui/mono.tsx';
import { strings } from './strings.ts';

const words = strings.backup;

/** What there is to know of one backup. */
export function BackupFacts({ backup, reason }: { backup: Backup; reason: string }) {
  const rows = [
    [words.made, `${formatExact(parseTime(backup.createdAt))} · ${reason}`],
    [words.holdsTerm, backup.holds ? words.holds(backup.holds) : words.unreadable],
    [words.size, formatBytes(backup.bytes)],
    [words.file, <Mono elide>{backup.name}</Mono>],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-16 gap-y-4">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-ink-3">{term}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
