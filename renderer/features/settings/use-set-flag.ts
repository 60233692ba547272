import { useForm } from '../../client/use-command.ts';
import { useToast } from '../../ui/toast.tsx';
import { flagWords, type Flag } from './flag-value.ts';
import { strings } from './strings.ts';

/** Changes a setting at once, says what holds now, and takes it back on demand. What was refused is said at its place. */
export function useSetFlag(flag: Flag) {
  const { busy, failure, send } = useForm();
  const toast = useToast();
  const { key, name, value: before } = flag;
  const set = async (value: string): Promise<void> => {
    const reply = await send('flag.set', { key, value });
    if (!reply.ok) return;
    toast({
      text: strings.saved(name, flagWords(flag, value)),
      action: { label: 'Undo', run: () => void send('flag.set', { key, value: before }) },
    });
  };
  return { busy, failure, set };
}
