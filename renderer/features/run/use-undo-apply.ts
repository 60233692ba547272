import { useCallback, useEffect } from 'react';
import type { OutputOf } from '../../../preload/contract/operations.ts';
import { useClient, useQuery } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Run, RunDetail } from './run-types.ts';
import { strings } from './strings.ts';

const words = strings.rollBack;
type Preview = OutputOf<'run.previewRollBack'>;

/** While none of its files was changed since, an apply is undone in one press; later it is reverted, with a look at what that does. */
export function undoes(preview: Preview | undefined): boolean {
  return (
    preview !== undefined &&
    preview.commit !== null &&
    preview.changedSince.length === 0 &&
    preview.conflicts.length === 0 &&
    preview.blocked === null
  );
}

export interface UndoApply {
  readonly title: string;
  /** Undoes it at once where nothing else is lost by it, as things stand at the press; otherwise shows first what it does. */
  readonly press: () => void;
}

export function useUndoApply(detail: RunDetail, show: () => void): UndoApply {
  const { run } = detail;
  const { call } = useClient();
  const undo = useUndo();
  const input = { id: run.id };
  const enabled = detail.possible.includes('roll_back');
  const { data, reread } = useQuery('run.previewRollBack', input, { enabled, every: 2_000 });
  useEffect(() => {
    if (!enabled) return undefined;
    // The owner has been at the files elsewhere.
    window.addEventListener('focus', reread);
    return () => {
      window.removeEventListener('focus', reread);
    };
  }, [enabled, reread]);
  return {
    title: undoes(data) ? strings.actions.undoApply : strings.actions.revert,
    press: () => {
      if (!undoes(data)) {
        show();
        return;
      }
      void call('run.previewRollBack', input).then((now) => {
        if (now.ok && undoes(now.value)) void undo(run);
        else {
          reread();
          show();
        }
      });
    },
  };
}

function useUndo(): (run: Pick<Run, 'id' | 'number' | 'version'>) => Promise<void> {
  const command = useCommand();
  const toast = useToast();
  return useCallback(
    async ({ id, number, version }) => {
      const reply = await command('run.rollBack', { id, version });
      if (reply.ok) toast({ text: words.done(number) });
    },
    [command, toast],
  );
}

/** Says that a result is in, with the way back beside it. */
export function useAppliedToast(): (run: Run, target: string) => void {
  const toast = useToast();
  const undo = useUndo();
  return useCallback(
    (run, target) => {
      toast({
        text: words.applied(target),
        action: {
          label: 'Undo',
          run: () => {
            void undo(run);
          },
        },
      });
    },
    [toast, undo],
  );
}
