import { useQuery } from '../../client/client-context.tsx';
import { FlagChoice } from './flag-choice.tsx';
import type { Flag } from './flag-value.ts';

/** A setting that is one of a few words, or an executor of this machine; one that is gone stays shown by its name. */
export function FlagExecutor({ flag, options }: { flag: Flag; options: Readonly<Record<string, string>> }) {
  const executors = useQuery('executor.list', {}).data ?? [];
  const named = executors.filter(({ name, usable }) => usable && name !== 'shell');
  const all = {
    ...options,
    ...Object.fromEntries(named.map(({ name, label }) => [name, label])),
  };
  return <FlagChoice flag={flag} options={flag.value in all ? all : { ...all, [flag.value]: flag.value }} />;
}
