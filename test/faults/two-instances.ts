import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startHost } from '../recovery/host-handle.ts';
import { inFolder, type FaultReport } from './report.ts';

/** Many hosts on one data folder at the same moment: one starts, every other is refused, and after its death another may. */
export async function twoInstances(options: { hosts: number }): Promise<FaultReport> {
  return inFolder(async (folder) => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
    const faults: string[] = [];
    const hosts = Array.from({ length: options.hosts }, () => startHost(data, 'none', env));
    const started = await Promise.all(hosts.map((host) => host.started));
    const ready = started.filter((how) => how === 'ready').length;
    const refused = started.filter(
      (how) => typeof how === 'object' && how.refused === 'other_instance',
    ).length;
    if (ready !== 1 || refused !== options.hosts - 1)
      faults.push(`${String(ready)} started: ${JSON.stringify(started)}`);
    for (const host of hosts) host.kill();
    await Promise.all(hosts.map((host) => host.dead));
    const next = startHost(data, 'none', env);
    if ((await next.started) !== 'ready') faults.push('nobody may start after the first was killed');
    await next.close();
    return {
      name: 'several instances',
      skipped: null,
      n: options.hosts,
      faults,
      figures: { ready, refused },
    };
  });
}
