import { useCallback } from 'react';
import { useRouter } from '../../app/router-context.tsx';
import { to } from '../../app/routes.ts';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import type { IntentDetail } from './intent-types.ts';
import { strings } from './strings.ts';

export interface IntentCommands {
  enable(intent: { readonly id: string; readonly name: string }, enabled: boolean): void;
  runNow(id: string): void;
}

/** What the list and the page do alike. `onDetail` is told what the runtime answered. */
export function useIntentCommands(onDetail?: (detail: IntentDetail) => void): IntentCommands {
  const command = useCommand();
  const toast = useToast();
  const router = useRouter();
  const enable = useCallback(
    ({ id, name }: { readonly id: string; readonly name: string }, enabled: boolean) => {
      void command(enabled ? 'intent.enable' : 'intent.disable', { id }).then((reply) => {
        if (!reply.ok) return;
        onDetail?.(reply.value);
        toast({
          text: enabled ? strings.actions.resumed(name) : strings.actions.paused(name),
          action: {
            label: 'Undo',
            run: () => {
              void command(enabled ? 'intent.disable' : 'intent.enable', { id }).then((undone) => {
                if (undone.ok) onDetail?.(undone.value);
              });
            },
          },
        });
      });
    },
    [command, toast, onDetail],
  );
  const runNow = useCallback(
    (id: string) => {
      void command('intent.runNow', { id }).then((reply) => {
        if (!reply.ok) return;
        onDetail?.(reply.value);
        const run = reply.value.activeRun;
        toast({
          text: strings.actions.started(run?.number),
          action: run
            ? {
                label: 'Open',
                run: () => {
                  router.go(to('run', { id: run.id }));
                },
              }
            : undefined,
        });
      });
    },
    [command, toast, router, onDetail],
  );
  return { enable, runNow };
}
