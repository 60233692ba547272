import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Switch } from '../../ui/switch.tsx';
import { Time } from '../../ui/time.tsx';
import { FlagRow } from './flag-row.tsx';
import { ReadState } from './read-state.tsx';
import { ShortcutField } from './shortcut-field.tsx';
import { strings } from './strings.ts';

const words = strings.general;

/** How Homer sits on this desktop. In the headless host it says why there is nothing to set. */
export function GeneralSection() {
  const host = useQuery('host.get', {});
  const flags = useQuery('flag.list', {});
  const { busy, failure, send } = useForm();
  return (
    <>
      <ReadState query={host}>
        {({ launchAtLogin, quick, tray, endedBadly }) => (
          <div className="flex flex-col gap-20">
            <Switch
              label={words.login}
              help={
                failure ? (
                  <span className="text-danger-text">{failure.message}</span>
                ) : launchAtLogin.notOffered !== '' ? (
                  launchAtLogin.notOffered
                ) : launchAtLogin.state === 'needs_approval' ? (
                  words.needsApproval
                ) : (
                  words.loginHelp
                )
              }
              checked={launchAtLogin.state !== null && launchAtLogin.state !== 'off'}
              disabled={busy || launchAtLogin.notOffered !== ''}
              onCheckedChange={(on) => void send('host.launchAtLogin', { on }).then(host.reread)}
            />
            <ShortcutField
              shortcut={quick.shortcut}
              problem={quick.problem}
              notOffered={quick.notOffered}
              changed={host.reread}
            />
            {tray === false ? <p className="text-ink-2">{words.noTray}</p> : null}
            {endedBadly === null ? null : (
              <p className="text-ink-2">
                {words.endedBadly} <Time at={endedBadly} />.
              </p>
            )}
          </div>
        )}
      </ReadState>
      <section aria-label={words.more}>
        <h3 className="border-b border-line pb-4 text-title">{words.more}</h3>
        <ReadState query={flags}>
          {(list) =>
            list
              // The shortcut has its own field above.
              .filter(({ group, key }) => group === 'desktop' && key !== 'desktop.quick_shortcut')
              .map((flag) => <FlagRow key={`${flag.key} ${flag.value}`} flag={flag} />)
          }
        </ReadState>
      </section>
    </>
  );
}
