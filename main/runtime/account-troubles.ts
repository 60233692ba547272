import { dollars } from '../domain/cost/cost-state.ts';
import { listAccounts } from '../store/account-store.ts';
import type { Read } from '../store/database.ts';
import { costReachedAt } from '../store/turn-use-store.ts';
import type { Trouble } from './trouble.ts';
import { listCaps, type Cap } from './claim-blocks.ts';

/** Part of a daily cap from which its owner is told. */
const NEAR = 0.8;

/** What the owner must be told of accounts and money: a sign-in that was refused, and a cap that is nearly or wholly spent. */
export function accountTroubles(read: Read, now: string): Trouble[] {
  const refused = listAccounts(read, now)
    .filter(({ status }) => status === 'error')
    .map((account): Trouble => ({
      kind: 'account_refused',
      subject: account.id,
      since: account.updatedAt,
      message:
        `${account.executor}: the account ${account.label} cannot sign in. ${account.error ?? ''}`.trim(),
      hint:
        account.kind === 'key'
          ? 'Give it a new key, then enable it. Runs go on with your other accounts.'
          : `Sign in again with ${account.executor}${account.home === null ? '' : ` in ${account.home}`}, then enable the account. Runs go on with your other accounts.`,
    }));
  return [...refused, ...listCaps(read, now).flatMap((cap) => capTrouble(read, cap))];
}

function capTrouble(read: Read, cap: Cap): Trouble[] {
  const { projectId, name, capMicroUsd, spentMicroUsd, resetsAt } = cap;
  const part = spentMicroUsd / capMicroUsd;
  if (part < NEAR) return [];
  const whose = name === '' ? '' : ` for ${name}`;
  // What was taken note of is told again on another day, or after a cap that was raised is spent as well.
  const reached = Math.ceil(capMicroUsd * (part >= 1 ? 1 : NEAR));
  const since = costReachedAt(read, {
    from: cap.since,
    to: resetsAt,
    projectId: projectId || null,
    microUsd: reached,
  });
  return [
    part >= 1
      ? {
          kind: 'budget_spent',
          subject: projectId,
          since,
          message: `The daily cap of ${dollars(capMicroUsd)}${whose} is spent: ${dollars(spentMicroUsd)}. Nothing starts until ${resetsAt}.`,
          hint: 'Raise the cap to go on today; else queued runs start by themselves when the next day begins.',
        }
      : {
          kind: 'budget_near',
          subject: projectId,
          since,
          message: `${String(Math.floor(part * 100))} % of the daily cap of ${dollars(capMicroUsd)}${whose} is spent.`,
          hint: 'When all of it is, nothing starts until the next day.',
        },
  ];
}
