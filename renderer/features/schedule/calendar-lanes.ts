import type { Range, RangeAccount, RangeIntent, RangeWaiting, RangeWindow } from './calendar-types.ts';

export interface Lane {
  readonly key: string;
  readonly label: string;
  /** Undefined: an executor without accounts, or work that has taken none yet. */
  readonly account: RangeAccount | undefined;
  readonly intents: readonly RangeIntent[];
  /** Queued runs that are to start on these days. */
  readonly waiting: readonly RangeWaiting[];
}

/** Intents by the account their last run took; those that took none by their executor, below. An account with windows or without room is shown without any. */
export function lanesOf({
  intents,
  accounts,
  waiting,
}: Pick<Range, 'intents' | 'accounts' | 'waiting'>): Lane[] {
  const known = new Set(accounts.map(({ id }) => id));
  const ofAccounts = accounts
    .map((account) => ({
      key: account.id,
      label: account.label,
      account,
      intents: intents.filter(({ accountId }) => accountId === account.id),
      waiting: waiting.filter(({ accountId }) => accountId === account.id),
    }))
    .filter(
      (lane) =>
        lane.intents.length > 0 ||
        lane.waiting.length > 0 ||
        lane.account.exhausted.length > 0 ||
        lane.account.windows.length > 0,
    );
  const none = ({ accountId }: { accountId: string | null }): boolean =>
    accountId === null || !known.has(accountId);
  const others = intents.filter(none);
  const queued = waiting.filter(none);
  const executors = [...new Set([...others, ...queued].map(({ executor }) => executor))].sort();
  return [
    ...ofAccounts,
    ...executors.map((executor) => ({
      key: `executor:${executor}`,
      label: executor,
      account: undefined,
      intents: others.filter((intent) => intent.executor === executor),
      waiting: queued.filter((run) => run.executor === executor),
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
