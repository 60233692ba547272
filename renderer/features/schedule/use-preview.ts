import { useEffect, useState } from 'react';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import { useClient } from '../../client/client-context.tsx';
import type { Preview, Trigger } from './intent-types.ts';

const typingMs = 150;

export interface PreviewState {
  readonly preview: Preview | undefined;
  /** The runtime could not be asked. */
  readonly failure: ContractFailure | undefined;
  /** What stands there is about what was typed before. */
  readonly pending: boolean;
}

/** What the runtime makes of a trigger, as it is typed: its words and next times, or what is wrong. Null asks nothing. */
export function usePreview(trigger: Trigger | null): PreviewState {
  const { call, clock } = useClient();
  const key = JSON.stringify(trigger);
  const [answer, setAnswer] = useState<{ key: string } & Omit<PreviewState, 'pending'>>();
  useEffect(() => {
    if (key === 'null') return undefined;
    let over = false;
    const cancel = clock.after(typingMs, () => {
      void call('schedule.preview', { trigger: JSON.parse(key) as Trigger }).then((reply) => {
        if (over) return;
        setAnswer({
          key,
          preview: reply.ok ? reply.value : undefined,
          failure: reply.ok ? undefined : reply.error,
        });
      });
    });
    return () => {
      over = true;
      cancel();
    };
  }, [call, clock, key]);
  if (key === 'null') return { preview: undefined, failure: undefined, pending: false };
  return { preview: answer?.preview, failure: answer?.failure, pending: answer?.key !== key };
}
