import { useState, type ReactNode } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useClient } from '../../client/client-context.tsx';
import { sentence, useCommand } from '../../client/use-command.ts';
import { PickDialog } from '../../ui/pick-dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { fromStart, retryFromWords as words, retryPicks } from './retry-picks.ts';
import type { RunDetail } from './run-types.ts';

export interface Retry {
  /** Tries a run again; where it left checkpoints it asks which to go on from. */
  readonly retry: (id: string) => void;
  readonly retryFrom: (id: string, fromStep?: number) => void;
  readonly dialog: ReactNode;
}

export function useRetry(): Retry {
  const { call } = useClient();
  const command = useCommand();
  const router = useRouter();
  const toast = useToast();
  const [asked, setAsked] = useState<RunDetail>();
  const retryFrom = (id: string, fromStep?: number): void => {
    void command('run.retry', { id, ...(fromStep === undefined ? {} : { fromStep }) }).then((reply) => {
      if (reply.ok) router.go(to('run', { id: reply.value.run.id }));
    });
  };
  return {
    retry: (id) => {
      void call('run.get', { id }).then((reply) => {
        if (!reply.ok) toast({ text: sentence(reply.error) });
        else if (retryPicks(reply.value).length === 0) retryFrom(id);
        else setAsked(reply.value);
      });
    },
    retryFrom,
    dialog: (
      <PickDialog
        open={asked !== undefined}
        title={words.title(asked?.run.number ?? 0)}
        description={words.description}
        placeholder={words.placeholder}
        empty={words.empty}
        picks={asked ? retryPicks(asked) : []}
        onPick={(value) => {
          setAsked(undefined);
          if (asked) retryFrom(asked.run.id, value === fromStart ? undefined : Number(value));
        }}
        onClose={() => {
          setAsked(undefined);
        }}
      />
    ),
  };
}
