import { useCallback } from 'react';
import { useClient } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';

/** Holds everything, or lets it go on. What the runtime answers is shown at once. */
export function useHold(): (held: boolean) => void {
  const { world } = useClient();
  const command = useCommand();
  return useCallback(
    (held) => {
      void command('worker.hold', { held }).then((reply) => {
        if (reply.ok) world.setState({ overview: reply.value });
      });
    },
    [command, world],
  );
}
