import type { ReactNode } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { FlagRow } from '../settings/flag-row.tsx';
import type { Flag } from '../settings/flag-value.ts';
import { ReadState } from '../settings/read-state.tsx';
import { ChannelTable } from './channel-table.tsx';
import { KindRow } from './kind-row.tsx';
import { QuietNow } from './quiet-now.tsx';
import { RecentNotices } from './recent-notices.tsx';
import { strings } from './strings.ts';
import { TestNotification } from './test-notification.tsx';

/** How the owner is told: what this machine can, a test of it, the rules, and what became of the last notices. */
export function NotificationsSection() {
  const support = useQuery('notification.support', {});
  const flags = useQuery('flag.list', {});
  return (
    <>
      <p className="text-ink-2">{strings.help}</p>
      <Part title={strings.machine}>
        <ReadState query={support}>
          {(known) => (
            <>
              <ChannelTable channels={known.channels} />
              {known.channels.length > 0 ? <TestNotification /> : null}
            </>
          )}
        </ReadState>
      </Part>
      <Part title={strings.quiet}>
        <ReadState query={support}>{(known) => <QuietNow support={known} />}</ReadState>
      </Part>
      <ReadState query={flags}>
        {(list) => (
          <>
            <Part title={strings.rules}>
              <Flags
                list={list.filter(({ group, key }) => group === 'notify' && key !== 'notify.quiet_until')}
              />
            </Part>
            <Part title={strings.kinds}>
              <p className="text-meta text-ink-2">{strings.kindsHelp}</p>
              <div>
                {list
                  .filter(({ group }) => group === 'notify_kinds')
                  .map((flag) => (
                    <KindRow key={flag.key} flag={flag} />
                  ))}
              </div>
            </Part>
          </>
        )}
      </ReadState>
      <Part title={strings.recent}>
        <RecentNotices />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-8">
      <h3 className="border-b border-line pb-4 text-title">{title}</h3>
      {children}
    </section>
  );
}

function Flags({ list }: { list: readonly Flag[] }) {
  return (
    <div>
      {list.map((flag) => (
        <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />
      ))}
    </div>
  );
}
