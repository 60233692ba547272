import type { Decision, DecisionChannel } from '../domain/decision/decision.ts';
import { readKey } from '../domain/inbox/inbox-item.ts';
import { parseTime } from '../shared/clock.ts';
import type { Read } from '../store/database.ts';
import { listDecisions } from '../store/decision-store.ts';
import { localTime, wallTime } from './local-time.ts';

const past: Readonly<Record<string, string>> = {
  approve: 'approved',
  details: 'opened for details',
  more_details: 'sent back for details',
  generate_plan: 'sent on to be planned',
  skip: 'skipped',
  reject: 'rejected',
  execute: 'executed',
  suggest: 'sent back with a suggestion',
  restore: 'restored',
  take_back: 'taken back',
  retry: 'retried',
  retry_now: 'retried',
  answer: 'answered',
  apply: 'applied',
  discard: 'discarded',
  request_changes: 'sent back for changes',
  roll_back: 'rolled back',
};

const places: Readonly<Record<DecisionChannel, string>> = {
  dashboard: 'in the dashboard',
  cli: 'on the command line',
  api: 'over the API',
  notification: 'from a notification',
  tray: 'from the tray',
  rule: 'by a rule',
};

/** `rejected by you in the dashboard at 14:05`; the day too when it was another one. */
export function whatWasDecided(decision: Decision, now: number, zone: string): string {
  const at = parseTime(decision.createdAt);
  const day = localTime(at, zone).date;
  return [
    past[decision.action] ?? `decided (${decision.action.replaceAll('_', ' ')})`,
    `by ${decision.actor === 'owner' ? 'you' : decision.actor}`,
    places[decision.channel],
    ...(day === localTime(now, zone).date ? [] : [`on ${day}`]),
    `at ${wallTime(at, zone)}`,
  ].join(' ');
}

/** Why a button came too late, in a sentence that names what was decided, by whom, where and when. */
export function tooLate(read: Read, itemKey: string, since: string, now: number, zone: string): string {
  const { entity, id } = readKey(itemKey);
  const last = listDecisions(read, entity, id).findLast(({ createdAt }) => createdAt >= since);
  return last
    ? `This was ${whatWasDecided(last, now, zone)}. Nothing was changed.`
    : 'It changed since this was shown. Nothing was changed.';
}
