import { readFile } from 'node:fs/promises';
import { ignoreMissing } from './workspace-paths.ts';

/**
 * What tells a process from every other that had or will have its number: the boot, and the moment in it when it began. Null when there
 * is no such process, or the system does not show it.
 */
export async function birthOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(ignoreMissing);
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'latin1').catch(ignoreMissing);
  // The name, in brackets, may hold anything.
  const began = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return boot === undefined || began === undefined ? null : `${boot.trim()} ${began}`;
}
