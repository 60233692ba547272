import type { OutputOf } from '../../../preload/contract/operations.ts';
import type { Plan } from './plan-summary.tsx';

type Accounts = OutputOf<'account.list'>;
type Caps = OutputOf<'cost.today'>['caps'];

/** One limit a plan is held against: how much of it is used, and what the plan would take, 0 to 1 and more; null where nobody knows. */
export interface Against {
  readonly key: string;
  /** `cap`: of a day's cost. Else a window of an account. */
  readonly kind: 'cap' | 'window';
  readonly name: string;
  readonly used: number | null;
  readonly takes: number | null;
  readonly spentMicroUsd: number;
  readonly limitMicroUsd: number | null;
  /** When the window begins anew; null: not known, or it is a day's cap. */
  readonly endsAt: string | null;
}

export interface AgainstQuota {
  /** The account whose turn it would be; undefined: none could take it now. */
  readonly account: Accounts[number] | undefined;
  /** How many others could take it too. */
  readonly others: number;
  readonly rows: readonly Against[];
}

/** What an estimate is held against: the caps of the day, and the windows of the account that would be taken first. */
export function againstQuota(
  plan: Plan,
  projectId: string | null,
  accounts: Accounts,
  caps: Caps,
): AgainstQuota {
  const free = accounts.filter(({ waits, status }) => waits === null && status !== 'disabled');
  const ordered = [...free].sort(
    (a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || fullest(a) - fullest(b),
  );
  const [account] = ordered;
  const ofCaps = caps
    .filter((cap) => cap.projectId === null || cap.projectId === projectId)
    .map((cap): Against => ({
      key: `cap ${cap.projectId ?? ''}`,
      kind: 'cap',
      name: cap.projectId === null ? '' : cap.name,
      used: cap.spentMicroUsd / cap.capMicroUsd,
      takes: plan.costMicroUsd === null ? null : plan.costMicroUsd / cap.capMicroUsd,
      spentMicroUsd: cap.spentMicroUsd,
      limitMicroUsd: cap.capMicroUsd,
      endsAt: null,
    }));
  const ofWindows = (account?.windows ?? []).map((window): Against => {
    const tokens = window.limits?.tokens ?? window.capacityTokens;
    const cost = window.limits?.costMicroUsd ?? null;
    const byTokens = tokens === null || plan.tokens === null ? null : plan.tokens / tokens;
    const byCost = cost === null || plan.costMicroUsd === null ? null : plan.costMicroUsd / cost;
    return {
      key: `window ${window.name}`,
      kind: 'window',
      name: window.name,
      used: window.used,
      // Whichever limit it would meet first.
      takes: byTokens === null ? byCost : byCost === null ? byTokens : Math.max(byTokens, byCost),
      spentMicroUsd: window.costMicroUsd,
      limitMicroUsd: cost,
      endsAt: window.endsAt,
    };
  });
  return { account, others: Math.max(0, free.length - 1), rows: [...ofCaps, ...ofWindows] };
}

function fullest({ windows }: Accounts[number]): number {
  return Math.max(0, ...windows.map(({ used }) => used ?? 0));
}

/** Whether the plan goes over this limit, by what is known. */
export function goesOver({ used, takes }: Against): boolean {
  return used !== null && used + (takes ?? 0) > 1;
}
