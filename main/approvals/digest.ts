import { parseTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import { countInbox, listInbox } from '../store/inbox-store.ts';
import { lastNoticeAt } from '../store/notice-store.ts';
import type { CalmSettings } from './calm.ts';
import { localTime } from './local-time.ts';
import { count } from './notice-text.ts';

/** A digest that could not come at its time still comes this much later, and after that the next day. */
const LATE_MINUTES = 180;
const DAY_MS = 86_400_000;
const MOST_LISTED = 200;

/** Whether the digest of today is due. */
export function digestIsDue(read: Read, settings: CalmSettings, now: number): boolean {
  if (settings.digestAt === null || !settings.enabled) return false;
  const { date, minute } = localTime(now, settings.zone);
  if (minute < settings.digestAt || minute > settings.digestAt + LATE_MINUTES) return false;
  const last = lastNoticeAt(read, 'digest');
  return last === null || localTime(parseTime(last), settings.zone).date !== date;
}

/** Milliseconds until the digest may be due; null without one. */
export function untilDigest(settings: CalmSettings, now: number): number | null {
  if (settings.digestAt === null) return null;
  const { minute } = localTime(now, settings.zone);
  const minutes = (settings.digestAt - minute + 1440) % 1440;
  return minutes === 0 ? 60_000 : minutes * 60_000 - (now % 60_000);
}

/** What waits, and what came to an end in the last day. */
export function digestText(read: Read, sinceIso: string): { title: string; body: string } {
  const waiting = new Map<string, number>();
  for (const { kind } of listInbox(read, undefined, MOST_LISTED))
    waiting.set(kind, (waiting.get(kind) ?? 0) + 1);
  const total = countInbox(read);
  const words: Readonly<Record<string, string>> = {
    idea: 'idea',
    plan: 'plan',
    planning_failed: 'failed plan',
    question: 'question',
    draft: 'held run',
    permission: 'permission',
    blocked: 'blocked run',
    review: 'result to review',
    failed: 'failed run',
  };
  const waits = [...waiting].map(([kind, n]) =>
    kind === 'review' && n > 1 ? `${String(n)} results to review` : count(n, words[kind] ?? kind),
  );
  const ended = read
    .prepare(
      `SELECT CASE WHEN status IN ('applied', 'completed') THEN 'done' WHEN status IN ('failed', 'timeout') THEN 'failed' ELSE 'other' END AS what,
         COUNT(*) AS n FROM run WHERE ended_at > ? GROUP BY what`,
    )
    .all(sinceIso);
  const of = (what: string): number => Number(ended.find((row) => row['what'] === what)?.['n'] ?? 0);
  return {
    title:
      total === 0
        ? 'Today: nothing waits for you'
        : `Today: ${count(total, 'thing')} ${total === 1 ? 'waits' : 'wait'} for you`,
    body: [
      waits.join(', '),
      `In the last day ${count(of('done'), 'run')} done, ${String(of('failed'))} failed.`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  };
}

export const DIGEST_SPAN_MS = DAY_MS;
