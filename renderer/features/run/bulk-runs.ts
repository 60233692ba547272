import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { plural } from './plural.ts';
import { rowAllows, runIsOver } from './run-look.ts';
import type { RunRow, RunStatus } from './run-types.ts';

/** What can be done with several runs at once, in the order it is offered. */
export const bulkActions = ['pause', 'resume', 'retry', 'discard', 'stop'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** How a command on one run came out. */
export type BulkAnswer =
  | { readonly ok: true; readonly status: RunStatus }
  | { readonly ok: false; readonly error: Pick<ContractFailure, 'message' | 'hint' | 'details'> };

/** Those it is possible for as they stand; the runtime has the last word. */
export function ableTo(rows: readonly RunRow[], action: BulkAction): readonly RunRow[] {
  return rows.filter(({ status }) => rowAllows(status, action));
}

const did: Readonly<Record<BulkAction, string>> = {
  pause: 'paused',
  resume: 'resumed',
  retry: 'tried again',
  discard: 'discarded',
  stop: 'stopped',
};
/** Where a command was taken, and what it asks for comes a little later. */
const later: Partial<Record<BulkAction, (count: number) => string>> = {
  pause: (count) => `${String(count)} ${count === 1 ? 'pauses at its' : 'pause at their'} next safe point`,
  stop: (count) => `${String(count)} ${count === 1 ? 'is' : 'are'} being stopped`,
};
const reached: Readonly<Record<BulkAction, (status: RunStatus) => boolean>> = {
  pause: (status) => status === 'paused',
  resume: () => true,
  retry: () => true,
  discard: () => true,
  stop: runIsOver,
};

/** What became of all that were selected, in one sentence: also of those that were not asked, and of those that came to an end meanwhile. */
export function bulkSentence(
  action: BulkAction,
  left: readonly Pick<RunRow, 'status'>[],
  answers: readonly BulkAnswer[],
): string {
  const taken = answers.filter((answer) => answer.ok);
  const done = taken.filter(({ status }) => reached[action](status)).length;
  const failed = answers.filter((answer) => !answer.ok);
  const overMeanwhile = failed.filter(({ error }) => endedMeanwhile(error)).length;
  const [refused] = failed.filter(({ error }) => !endedMeanwhile(error));
  const over = left.filter(({ status }) => runIsOver(status)).length;
  const unasked = left.length - over;
  const notDone = failed.length - overMeanwhile;
  const parts: string[] = [];
  if (done > 0 || taken.length === 0) parts.push(`${String(done)} ${did[action]}`);
  if (taken.length > done) parts.push(later[action]?.(taken.length - done) ?? '');
  if (over + overMeanwhile > 0)
    parts.push(`${String(over + overMeanwhile)} ${over + overMeanwhile === 1 ? 'was' : 'were'} already done`);
  if (unasked > 0) parts.push(`${plural(unasked, 'other')} left as ${unasked === 1 ? 'it is' : 'they are'}`);
  const told = parts.join(', ');
  if (!refused) return `${told}.`;
  const { message, hint } = refused.error;
  return `${told}, ${String(notDone)} not: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}

/** The run came to an end between the press and its command. */
function endedMeanwhile({ details }: Pick<ContractFailure, 'details'>): boolean {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return false;
  const { from } = details;
  return typeof from === 'string' && runIsOver(from as RunStatus);
}
