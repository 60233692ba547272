import { useEffect } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { formatTime } from '../../client/clock.ts';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { useClock } from '../../ui/clock-context.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

const HOUR_MS = 3_600_000;
const LOOK_MS = 30_000;

/** Whether it is quiet now and why, and do not disturb by hand. */
export function QuietNow({ support }: { support: OutputOf<'notification.support'> }) {
  const client = useClient();
  const flags = useQuery('flag.list', {});
  const { busy, failure, send } = useForm();
  const clock = useClock();
  const { reread } = useQuery('notification.support', {});
  // Quiet hours begin and end without an event.
  useEffect(() => clock.every(LOOK_MS, reread), [clock, reread]);
  const byHand = flags.data?.find(({ key }) => key === 'notify.quiet_until')?.value ?? '';
  const set = (until: string | null): void => void send('notification.quiet', { until });
  return (
    <>
      <StatusLabel shape={support.quiet ? 'pause' : 'check'}>
        {support.quiet ? strings.quietNow(support.quiet.why) : strings.notQuiet}
      </StatusLabel>
      {support.quietHours ? (
        <p className="text-ink-2 tabular-nums">
          {strings.hours(support.quietHours.from, support.quietHours.to, support.zone)}
        </p>
      ) : null}
      {support.held > 0 ? <p className="text-ink-2">{strings.held(support.held)}</p> : null}
      <div className="flex flex-wrap gap-8">
        <Button
          busy={busy}
          onClick={() => {
            set(formatTime(client.clock.now() + HOUR_MS));
          }}
        >
          {strings.hour}
        </Button>
        <Button
          busy={busy}
          onClick={() => {
            set('on');
          }}
        >
          {strings.on}
        </Button>
        {byHand !== '' && support.quiet ? (
          <Button
            variant="ghost"
            busy={busy}
            onClick={() => {
              set(null);
            }}
          >
            {strings.off}
          </Button>
        ) : null}
      </div>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
    </>
  );
}
