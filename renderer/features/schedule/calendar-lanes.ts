import type { Range, RangeAccount, RangeIntent, RangeWindow } from './calendar-types.ts';

export interface Lane {
  readonly key: string;
  readonly label: string;
  /** Undefined: an executor without accounts, or work that has taken none yet. */
  readonly account: RangeAccount | undefined;
  readonly intents: readonly RangeIntent[];
}

/** Intents by the account their last run took; those that took none by their executor, below. An account with windows or without room is shown without any. */
export function lanesOf({ intents, accounts }: Pick<Range, 'intents' | 'accounts'>): Lane[] {
  const known = new Set(accounts.map(({ id }) => id));
  const ofAccounts = accounts
    .map((account) => ({
      key: account.id,
      label: account.label,
      account,
      intents: intents.filter(({ accountId }) => accountId === account.id),
    }))
    .filter(
      (lane) =>
        lane.intents.length > 0 || lane.account.exhausted.length > 0 || lane.account.windows.length > 0,
    );
  const others = intents.filter(({ accountId }) => accountId === null || !known.has(accountId));
  const executors = [...new Set(others.map(({ executor }) => executor))].sort();
  return [
    ...ofAccounts,
    ...executors.map((executor) => ({
      key: `executor:${executor}`,
      label: executor,
      account: undefined,
      intents: others.filter((intent) => intent.executor === executor),
    })),
  ];
}

/** So many windows of an account are drawn above each other. */
const mostRows = 2;

/** The windows of an account by their name, the shortest first; of more than two kinds the shortest and the longest. */
export function windowRows(
  windows: readonly RangeWindow[],
): { readonly name: string; readonly windows: readonly RangeWindow[] }[] {
  const rows = [...Map.groupBy(windows, ({ name }) => name)].map(([name, own]) => ({
    name,
    windows: own,
  }));
  return rows.length <= mostRows ? rows : [...rows.slice(0, mostRows - 1), ...rows.slice(-1)];
}
