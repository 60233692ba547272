import { useActions } from '../../app/actions-context.tsx';
import { useShellState } from '../../app/shell-context.tsx';
import { useOverview } from '../../client/client-context.tsx';
import { useCommand } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { strings } from './strings.ts';
import { useHold } from './use-hold.ts';

/** What can be done to the runtime from anywhere: hold it, let it go on, and send it looking for work. */
export function RuntimeActions() {
  const overview = useOverview();
  const command = useCommand();
  const toast = useToast();
  const hold = useHold();
  const { project } = useShellState();
  const held = overview?.heldAll ?? false;
  const discover = async (): Promise<void> => {
    toast({ text: strings.discovering });
    const reply = await command('source.check', project === undefined ? {} : { projectId: project });
    if (!reply.ok) return;
    const [failure] = reply.value.failures;
    toast({
      text: failure
        ? strings.failed(failure.projectName, failure.message)
        : strings.created(reply.value.created),
    });
  };
  const base = { group: strings.group, scope: 'global', stays: true } as const;
  useActions([
    {
      ...base,
      id: 'runtime.pause',
      title: strings.pause,
      unavailable: held ? strings.alreadyHeld : undefined,
      run: () => {
        hold(true);
      },
    },
    {
      ...base,
      id: 'runtime.resume',
      title: strings.resume,
      unavailable: held ? undefined : strings.notHeld,
      run: () => {
        hold(false);
      },
    },
    {
      ...base,
      id: 'runtime.discover',
      title: strings.discover,
      unavailable: overview?.projects === 0 ? strings.noProjects : undefined,
      run: () => void discover(),
    },
  ]);
  return null;
}
