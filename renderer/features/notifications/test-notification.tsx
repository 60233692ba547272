import { useState } from 'react';
import { useQuery } from '../../client/client-context.tsx';
import { useForm } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { StatusLabel } from '../../ui/status-glyph.tsx';
import { strings } from './strings.ts';

/** Sends a notification with a button, and says what becomes of it while it happens. */
export function TestNotification() {
  const [sent, setSent] = useState<string>();
  const { busy, failure, send } = useForm();
  const test = async (): Promise<void> => {
    const reply = await send('notification.test', {});
    if (reply.ok) setSent(reply.value.id);
  };
  return (
    <div className="flex flex-col gap-8">
      <Button className="self-start" busy={busy} onClick={() => void test()}>
        {sent === undefined ? strings.test : strings.again}
      </Button>
      {failure ? <ErrorBar message={failure.message} hint={failure.hint} /> : null}
      <div role="status" className="flex flex-col gap-4">
        {sent === undefined ? null : <Outcome key={sent} id={sent} />}
      </div>
    </div>
  );
}

function Outcome({ id }: { id: string }) {
  const { data } = useQuery('notification.get', { id });
  if (!data) return null;
  const at = (wanted: string) => data.outcomes.find(({ outcome }) => outcome === wanted);
  const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));
  const shown = at('shown');
  const pressed = at('pressed');
  const name = (channel: string): string => strings.names[channel] ?? channel;
  return (
    <>
      {data.outcomes
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ channel, detail }) => (
          <StatusLabel key={channel} shape="octagon">
            {strings.failed(name(channel), detail)}
          </StatusLabel>
        ))}
      {shown ? (
        <StatusLabel shape="check">
          {strings.shown(name(shown.channel), between(data.createdAt, shown.at))}
        </StatusLabel>
      ) : null}
      {pressed ? (
        <StatusLabel shape="check">
          {strings.pressed(`${(between(shown?.at ?? data.createdAt, pressed.at) / 1_000).toFixed(1)} s`)}
        </StatusLabel>
      ) : (
        <StatusLabel shape={data.outcome === 'closed' ? 'dashed' : 'diamond'}>
          {data.outcome === 'closed' ? strings.closed : strings.waiting}
        </StatusLabel>
      )}
    </>
  );
}
