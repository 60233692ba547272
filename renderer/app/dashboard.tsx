import { QuotaFoot } from '../features/accounts/quota-foot.tsx';
import { BoardProvider } from '../features/board/board-context.tsx';
import { CreateRunHost } from '../features/create-run/create-run-host.tsx';
import { AgainNotice } from '../features/host/again-notice.tsx';
import { GuideBar } from '../features/guide/guide-bar.tsx';
import { HostBanner } from '../features/host/host-banner.tsx';
import { DecisionsProvider } from '../features/proposal/decisions-provider.tsx';
import { ProposalSource } from '../features/proposal/proposal-source.tsx';
import { RuntimeActions } from '../features/runtime/runtime-actions.tsx';
import { RuntimeBanner } from '../features/runtime/runtime-banner.tsx';
import { ScheduleActions } from '../features/schedule/schedule-actions.tsx';
import { SearchFinder } from '../features/search/search-finder.tsx';
import { SettingsActions } from '../features/settings/settings-actions.tsx';
import { Shell } from './shell.tsx';
import type { Views } from './views.tsx';

const quotaFoot = (collapsed: boolean) => <QuotaFoot collapsed={collapsed} />;

/** The whole dashboard: the shell with its views, and what can be done from every one of them. */
export function Dashboard({ views }: { views: Views }) {
  return (
    <DecisionsProvider>
      <AgainNotice />
      <ProposalSource />
      <SearchFinder />
      <CreateRunHost />
      <RuntimeActions />
      <ScheduleActions />
      <SettingsActions />
      <BoardProvider>
        <Shell
          views={views}
          foot={quotaFoot}
          banner={
            <>
              <RuntimeBanner />
              <HostBanner />
              <GuideBar />
            </>
          }
        />
      </BoardProvider>
    </DecisionsProvider>
  );
}
