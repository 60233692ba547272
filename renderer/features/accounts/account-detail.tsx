import type { ReactNode } from 'react';
import { labels } from '../../../preload/contract/labels.ts';
import { useQuery } from '../../client/client-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Mono } from '../../ui/mono.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Time } from '../../ui/time.tsx';
import { formatMoney, formatTokens } from '../run/run-figures.ts';
import { LOCAL } from './account-draft.ts';
import type { AccountShown } from './account-row.tsx';
import { EndpointLine, type Endpoint } from './endpoint-line.tsx';
import { strings } from './strings.ts';
import { holdOf } from './use-account-commands.ts';
import { WindowBar } from './window-bar.tsx';

const words = strings.detail;

/** All of one account beside the list: what it used today and in its windows, how it signs in, and what is wrong with it. */
export function AccountDetail({
  account,
  endpoint,
  onClose,
  onEdit,
  onTest,
  onHold,
}: {
  readonly account: AccountShown;
  readonly endpoint: Endpoint | undefined;
  readonly onClose: () => void;
  readonly onEdit: () => void;
  readonly onTest: () => void;
  readonly onHold: () => void;
}) {
  const { data, failure } = useQuery('cost.report', { by: 'account' }, { watch: ['account'], every: 1_000 });
  const today = data?.rows.find(({ key }) => key === account.id);
  const { windows, keyVariable, home, waits, runs } = account;
  const local = account.executor === LOCAL;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [words.state, labels.accountStatus[account.status]],
    ...(account.error === null ? [] : [[words.error, account.error] as const]),
    ...(waits === null || account.error !== null
      ? []
      : [
          [
            words.waits,
            <span key="waits">
              {waits.why} {waits.until === null ? null : <Time at={waits.until} form="exact" />}
            </span>,
          ] as const,
        ]),
    ...(runs.length === 0 ? [] : [[words.runs, runs.map((run) => `#${String(run)}`).join(', ')] as const]),
    [
      words.today,
      failure ? words.unread : data === undefined ? '–' : today ? usedWords(today) : strings.nothingUsed,
    ],
    [
      words.lastUsed,
      account.lastUsedAt === null ? words.never : <Time key="last" at={account.lastUsedAt} form="exact" />,
    ],
    [words.order, account.place === null ? words.unordered : strings.place(account.place)],
    [words.signIn, local ? strings.dialog.localKinds[account.kind] : labels.accountKind[account.kind]],
    ...(keyVariable === null ? [] : [[words.variable, <Mono key="variable">{keyVariable}</Mono>] as const]),
    ...(home === null ? [] : [[words.home, <Mono key="home">{home}</Mono>] as const]),
    [words.billing, labels.accountBilling[account.billing]],
    ...(account.reserveNowPercent > 0
      ? [[words.reserve, strings.reserve(account.reserveNowPercent)] as const]
      : []),
  ];
  const hold = holdOf(account);
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={account.label}
      aside={<span className="text-meta text-ink-2">{account.executor}</span>}
      footer={
        <>
          <Button onClick={onTest}>{strings.test}</Button>
          <Button onClick={onHold}>{strings[hold]}</Button>
          <Button onClick={onEdit}>{strings.edit}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-20">
        <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-16 gap-y-6 text-body">
          {facts.map(([name, fact]) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 wrap-anywhere tabular-nums">{fact}</dd>
            </div>
          ))}
        </dl>
        {local ? <EndpointLine address={account.baseUrl} endpoint={endpoint} /> : null}
        <section className="flex flex-col gap-8">
          <h3 className="text-body font-medium">{words.windows}</h3>
          {windows.length === 0 ? <p className="text-meta text-ink-2">{strings.noWindows}</p> : null}
          {windows.map((window) => (
            <div key={`${window.source}:${window.name}`} className="flex flex-col gap-2">
              <WindowBar window={window} reserve={account.reserveNowPercent} />
              <p className="ps-[80px] text-meta text-ink-3 tabular-nums">
                {words.used(
                  formatTokens(window.tokens),
                  window.requests,
                  window.costMicroUsd > 0 ? formatMoney(window.costMicroUsd) : '',
                )}
              </p>
            </div>
          ))}
        </section>
      </div>
    </Sheet>
  );
}

function usedWords({
  words: cost,
  tokensIn,
  tokensOut,
}: {
  words: string;
  tokensIn: number;
  tokensOut: number;
}): string {
  return `${cost} · ${formatTokens(tokensIn + tokensOut)}`;
}
