import { useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient } from '../../client/client-context.tsx';

/** So long nothing may be typed before it is asked, and so often a run at work is asked again. */
const waitMs = { typed: 60, grown: 1_000 };

export interface RunFind extends OutputOf<'search.run'> {
  readonly failure: string | undefined;
  /** The answer to what is typed now is still to come. */
  readonly pending: boolean;
}
const nothing: OutputOf<'search.run'> = { seqs: [], total: 0, complete: true };

/** Finds in all events of a run, also in those that were not read; asks again as the run goes on, or as more of it is indexed. */
export function useRunFind(runId: string, text: string, lastSeq: number): RunFind {
  const { call, clock } = useClient();
  const [found, setFound] = useState({ text: '', value: nothing, failure: undefined as string | undefined });
  const typed = text.trim();
  const latest = useRef({ lastSeq, askedAt: 0, complete: true });
  useEffect(() => {
    latest.current.lastSeq = lastSeq;
  }, [lastSeq]);

  useEffect(() => {
    if (typed === '') return undefined;
    let gone = false;
    const ask = async (): Promise<void> => {
      latest.current.askedAt = latest.current.lastSeq;
      const reply = await call('search.run', { id: runId, text: typed });
      if (gone) return;
      latest.current.complete = !reply.ok || reply.value.complete;
      const value = reply.ok ? reply.value : nothing;
      const failure = reply.ok ? undefined : reply.error.message;
      setFound((known) =>
        known.text === typed &&
        known.failure === failure &&
        known.value.total === value.total &&
        known.value.complete === value.complete
          ? known
          : { text: typed, value, failure },
      );
    };
    const cancel = clock.after(waitMs.typed, () => void ask());
    const end = clock.every(waitMs.grown, () => {
      if (latest.current.lastSeq !== latest.current.askedAt || !latest.current.complete) void ask();
    });
    return () => {
      gone = true;
      cancel();
      end();
    };
  }, [call, clock, runId, typed]);

  const current = typed !== '' && found.text === typed;
  return {
    ...(current ? found.value : nothing),
    failure: current ? found.failure : undefined,
    pending: typed !== '' && !current,
  };
}
