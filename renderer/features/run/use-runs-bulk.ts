import { useCallback, useState } from 'react';
import type { InputOf } from '../../../preload/contract/operations.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { ableTo, bulkSentence, type BulkAction, type BulkAnswer } from './bulk-runs.ts';
import type { RunRow } from './run-types.ts';

/** So many commands are under way at once: a stop waits until its processes are gone. */
const atOnce = 4;
const back: Partial<Record<BulkAction, BulkAction>> = { pause: 'resume', resume: 'pause' };

/** Does one thing with several runs, and tells in one sentence what became of each. */
export function useRunsBulk(): {
  /** How far it has come; undefined while nothing is under way. */
  readonly progress: { readonly done: number; readonly all: number } | undefined;
  readonly carryOut: (rows: readonly RunRow[], action: BulkAction) => void;
} {
  const command = useCommand();
  const toast = useToast();
  const [progress, setProgress] = useState<{ done: number; all: number }>();

  const send = useCallback(
    async (ids: readonly string[], action: BulkAction): Promise<readonly BulkAnswer[]> => {
      const answers: BulkAnswer[] = [];
      const waiting = [...ids];
      setProgress({ done: 0, all: ids.length });
      const work = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const input: InputOf<'run.stop'> = { id };
          const reply = await command(`run.${action}`, input, { announce: false });
          answers.push(reply.ok ? { ok: true, status: reply.value.run.status } : reply);
          setProgress({ done: answers.length, all: ids.length });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      setProgress(undefined);
      return answers;
    },
    [command],
  );
  const carryOut = useCallback(
    (rows: readonly RunRow[], action: BulkAction): void => {
      const able = ableTo(rows, action);
      const ids = able.map(({ id }) => id);
      void send(ids, action).then((answers) => {
        const undo = back[action];
        const left = rows.filter((row) => !able.includes(row));
        toast({
          text: bulkSentence(action, left, answers),
          ...(undo && answers.some(({ ok }) => ok)
            ? {
                action: {
                  label: 'Undo' as const,
                  run: () => {
                    void send(ids, undo).then((again) => {
                      toast({ text: bulkSentence(undo, [], again) });
                    });
                  },
                },
              }
            : {}),
        });
      });
    },
    [send, toast],
  );
  return { progress, carryOut };
}
