import type { OutputOf } from '../../../preload/contract/operations.ts';
import { accountStatus } from '../../domain/account/status.ts';
import { plainText } from '../plain-text.ts';
import { relativeTime } from './words.ts';

export type AccountRow = OutputOf<'account.list'>[number];

/** Each window as `five_hour 62 %, 14:00`; one of which nothing is known says so. */
export function windowWords({ windows }: AccountRow, now: number): string {
  if (windows.length === 0) return 'unknown';
  return windows
    .map(({ name, used, endsAt }) => {
      const share = used === null ? 'unknown' : `${String(Math.round(used * 100))} %`;
      return `${plainText(name)} ${share}${endsAt === null ? '' : ` (${relativeTime(endsAt, now)})`}`;
    })
    .join(', ');
}

export function stateWords({ status, waits, runs }: AccountRow, now: number): string {
  const label = accountStatus.labels[status];
  if (waits !== null && status !== 'disabled' && status !== 'error')
    return `${status === 'active' ? 'Waits' : label}${waits.until === null ? '' : `, back ${relativeTime(waits.until, now)}`}`;
  return runs.length > 0 ? `${label}, ${runs.map((number) => `#${String(number)}`).join(' ')}` : label;
}
