import { LogIn, Power, ShieldAlert } from 'lucide-react';
import type { OperationName, InputOf } from '../../../preload/contract/operations.ts';
import { useOverview, useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { NoticeBar } from '../../ui/notice-bar.tsx';
import { strings } from './strings.ts';

/** What the program around the dashboard is about to do, or wants to know, on every page. */
export function HostBanner() {
  const { data: host, reread } = useQuery('host.get', {});
  const overview = useOverview();
  const command = useCommand();
  if (!host || !(host.leaving || host.careful || host.launchAtLogin.ask)) return null;
  const running = overview?.running ?? 0;
  const press =
    <N extends Extract<OperationName, `host.${string}`>>(name: N, input: InputOf<N>) =>
    (): void =>
      void command(name, input).then(reread);
  return (
    <div className="flex shrink-0 flex-col gap-8 border-b border-line px-12 py-8">
      {host.leaving ? (
        <NoticeBar
          icon={Power}
          message={strings.leaving(running)}
          detail={strings.leavingDetail}
          actions={
            <>
              <Button size="small" onClick={press('host.stay', {})}>
                {strings.stay}
              </Button>
              <Button size="small" onClick={press('host.quit', { how: 'pause' })}>
                {strings.pause(running)}
              </Button>
              <Button size="small" onClick={press('host.quit', { how: 'stop' })}>
                {strings.stop(running)}
              </Button>
            </>
          }
        />
      ) : null}
      {host.careful ? (
        <NoticeBar
          icon={ShieldAlert}
          message={strings.careful}
          detail={strings.carefulDetail}
          actions={
            <Button size="small" onClick={press('host.begin', {})}>
              {strings.begin}
            </Button>
          }
        />
      ) : null}
      {host.launchAtLogin.ask ? (
        <NoticeBar
          icon={LogIn}
          message={strings.login}
          detail={strings.loginDetail}
          actions={
            <>
              <Button size="small" onClick={press('host.launchAtLogin', { on: true })}>
                {strings.yes}
              </Button>
              <Button size="small" variant="ghost" onClick={press('host.launchAtLogin', { on: false })}>
                {strings.no}
              </Button>
            </>
          }
        />
      ) : null}
    </div>
  );
}
