import { Ellipsis } from 'lucide-react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { labels } from '../../../preload/contract/labels.ts';
import { parseTime } from '../../client/clock.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock-context.tsx';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatExact, formatRelative } from '../../ui/format-time.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { StatusGlyph, type GlyphShape } from '../../ui/status-glyph.tsx';
import { LOCAL } from './account-draft.ts';
import { EndpointLine, type Endpoint } from './endpoint-line.tsx';
import { strings } from './strings.ts';
import { UnknownWindow, WindowBar } from './window-bar.tsx';

export type AccountShown = OutputOf<'account.list'>[number];

const glyphs: Record<AccountShown['status'], GlyphShape> = {
  active: 'check',
  rate_limited: 'hourglass',
  disabled: 'pause',
  error: 'octagon',
};

/** One account: its windows, what it does or waits for, and when it is back. */
export function AccountRow({
  account,
  entries,
  endpoint,
  current,
  reachable,
  onSelect,
  onOpen,
  onSignIn,
}: {
  readonly account: AccountShown;
  /** How its endpoint is, where it has one and it was asked. */
  readonly endpoint?: Endpoint | undefined;
  readonly entries: readonly MenuEntry[];
  readonly current: boolean;
  /** By Tab. */
  readonly reachable: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
  readonly onSignIn: () => void;
}) {
  const now = useNow(60_000);
  const { label, executor, status, windows, waits, runs } = account;
  const local = executor === LOCAL;
  const waiting = waits !== null && status === 'active';
  return (
    <li
      data-account={account.id}
      onFocus={onSelect}
      className={cx(
        current && 'bg-selected',
        'grid grid-cols-[minmax(0,1fr)_28px] gap-x-16 gap-y-8 border-b border-line px-12 py-12 last:border-b-0 min-[1000px]:grid-cols-[200px_minmax(0,1fr)_220px_28px]',
      )}
    >
      <div className="min-w-0">
        <button
          type="button"
          data-name
          tabIndex={reachable ? 0 : -1}
          onClick={onOpen}
          className="-mx-4 block max-w-full truncate rounded-chip px-4 text-start text-body font-medium text-ink focus-visible:-outline-offset-2"
        >
          {label}
        </button>
        <p className="truncate text-meta text-ink-2">
          {[
            executor,
            local && account.billing === 'plan' ? '' : labels.accountBilling[account.billing],
            account.place === null ? '' : strings.place(account.place),
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </p>
        <p className="truncate text-meta text-ink-3" title={account.home ?? undefined}>
          {local ? strings.dialog.localKinds[account.kind] : labels.accountKind[account.kind]}
        </p>
      </div>
      <div className="min-[1000px]:order-last">
        <Menu
          align="end"
          entries={entries}
          trigger={<IconButton icon={Ellipsis} label={strings.menu(label)} />}
        />
      </div>
      <div className="col-span-2 flex min-w-0 flex-col gap-6 min-[1000px]:col-span-1">
        {local ? <EndpointLine address={account.baseUrl} endpoint={endpoint} /> : null}
        {windows.length === 0 && !local ? <UnknownWindow /> : null}
        {windows.map((window) => (
          <WindowBar
            key={`${window.source}:${window.name}`}
            window={window}
            reserve={account.reserveNowPercent}
          />
        ))}
      </div>
      <div className="col-span-2 flex min-w-0 flex-col gap-2 text-meta min-[1000px]:col-span-1">
        <span className="flex items-center gap-6 text-body text-ink tabular-nums">
          <StatusGlyph shape={waiting ? 'hourglass' : glyphs[status]} />
          {stateWords(account, waiting, now)}
        </span>
        {account.error === null ? null : (
          <>
            <span className="text-danger-text">{account.error}</span>
            <Button size="small" className="mt-2 self-start" onClick={onSignIn}>
              {strings.signIn}
            </Button>
          </>
        )}
        {waits === null || account.error !== null || status === 'disabled' ? null : (
          <span className="text-ink-2 tabular-nums">
            {waits.why}{' '}
            {waits.until === null ? null : (
              <time dateTime={waits.until} title={formatExact(parseTime(waits.until))}>
                {strings.back(
                  formatClock(parseTime(waits.until), now),
                  formatRelative(parseTime(waits.until), now),
                )}
              </time>
            )}
          </span>
        )}
        {runs.length > 0 ? <span className="text-ink-2">{strings.works(runs)}</span> : null}
        {account.consecutiveFailures > 0 ? (
          <span className="text-ink-3">{strings.failures(account.consecutiveFailures)}</span>
        ) : null}
      </div>
    </li>
  );
}

function stateWords({ status, signedOutAt }: AccountShown, waiting: boolean, now: number): string {
  if (status === 'error')
    return signedOutAt === null
      ? strings.signedOut
      : strings.signedOutSince(formatClock(parseTime(signedOutAt), now));
  return waiting ? strings.waits : labels.accountStatus[status];
}
