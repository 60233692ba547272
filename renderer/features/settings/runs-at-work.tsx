import { useState } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { strings } from './strings.ts';

const words = strings.backup;

/** A backup cannot be gone back to under a run that works; it is paused here. */
export function RunsAtWork({ count }: { count: number }) {
  const client = useClient();
  const run = useCommand();
  const [busy, setBusy] = useState(false);
  const pause = async (): Promise<void> => {
    setBusy(true);
    const list = await client.call('run.list', { filter: 'active', limit: 200 });
    for (const { id, status } of list.ok ? list.value.rows : [])
      if (status === 'running' || status === 'validating') await run('run.pause', { id, now: true });
    setBusy(false);
  };
  return (
    <ErrorBar
      kind="stale"
      message={words.atWork(count)}
      hint={words.atWorkHint(count)}
      actions={
        <Button size="small" busy={busy} onClick={() => void pause()}>
          {words.pause}
        </Button>
      }
    />
  );
}
