import type { InputOf, OutputOf } from '../../../preload/contract/operations.ts';

type Account = OutputOf<'account.list'>[number];
type Quota = Account['quotas'][number];

/** An account as it is typed; figures are text until they are sent. */
export interface AccountDraft {
  readonly executor: string;
  readonly label: string;
  readonly kind: Account['kind'];
  readonly billing: Account['billing'];
  readonly home: string;
  /** Where its models are, of an executor that takes an address. */
  readonly baseUrl: string;
  readonly key: string;
  readonly keyVariable: string;
  readonly limit: string;
  readonly cap: string;
  readonly reserve: string;
}

/** The executor whose accounts may each have an address of their own. */
export const LOCAL = 'local';
const FIVE_HOURS = 'five_hours';
const DAY = 'daily_cost';
const none = { zone: null, at: null, weekday: null, tokens: null, requests: null, costMicroUsd: null };

export function draftOf(account: Account | undefined, executor: string): AccountDraft {
  const tokens = account?.quotas.find(({ name }) => name === FIVE_HOURS)?.tokens;
  const cost = account?.quotas.find(({ name }) => name === DAY)?.costMicroUsd;
  return {
    executor: account?.executor ?? executor,
    label: account?.label ?? '',
    kind: account?.kind ?? 'program',
    billing: account?.billing ?? 'plan',
    home: account?.home ?? '',
    baseUrl: account?.baseUrl ?? '',
    key: '',
    keyVariable: account?.keyVariable ?? '',
    limit: tokens ? String(tokens) : '',
    cap: cost ? String(cost / 1_000_000) : '',
    reserve: String(account?.reservePercent ?? ''),
  };
}

/** Fields whose text is not a figure that can be sent. */
export function wrongFigures({ limit, cap, reserve }: AccountDraft): Set<'limit' | 'cap' | 'reserve'> {
  const wrong = new Set<'limit' | 'cap' | 'reserve'>();
  if (limit !== '' && !(Number.isSafeInteger(Number(limit)) && Number(limit) > 0)) wrong.add('limit');
  if (cap !== '' && !(Number(cap) > 0)) wrong.add('cap');
  if (
    reserve !== '' &&
    !(Number.isInteger(Number(reserve)) && Number(reserve) >= 0 && Number(reserve) <= 100)
  )
    wrong.add('reserve');
  return wrong;
}

/** What is sent; windows that this form does not show stay as they are. */
export function fieldsOf(
  draft: AccountDraft,
  account: Account | undefined,
): Omit<InputOf<'account.add'>, 'executor'> {
  const quotas: Quota[] = (account?.quotas ?? []).filter(({ name }) => name !== FIVE_HOURS && name !== DAY);
  if (draft.limit !== '')
    quotas.push({ ...none, name: FIVE_HOURS, period: 'rolling', hours: 5, tokens: Number(draft.limit) });
  if (draft.cap !== '')
    quotas.push({
      ...none,
      name: DAY,
      period: 'day',
      hours: null,
      costMicroUsd: Math.max(1, Math.round(Number(draft.cap) * 1_000_000)),
    });
  return {
    label: draft.label,
    kind: draft.kind,
    billing: draft.billing,
    home: draft.home.trim() || null,
    ...(draft.executor === LOCAL ? { baseUrl: draft.baseUrl.trim() || null } : {}),
    keyVariable: draft.keyVariable.trim() || null,
    quotas,
    reservePercent: draft.reserve === '' ? null : Number(draft.reserve),
    ...(draft.key === '' ? {} : { key: draft.key }),
  };
}
