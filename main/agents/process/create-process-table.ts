import { fail, ok, type Result } from '../../shared/result.ts';
import { createDarwinProcessTable } from './darwin-process-table.ts';
import { createLinuxProcessTable } from './linux-process-table.ts';
import type { ProcessTable } from './process-table.ts';

/** The one place that says where Homer can run children. */
export function createProcessTable(platform: NodeJS.Platform = process.platform): Result<ProcessTable> {
  if (platform === 'linux') return ok(createLinuxProcessTable());
  if (platform === 'darwin') return ok(createDarwinProcessTable());
  return fail('unsupported_platform', `Homer cannot run agents on ${platform} yet.`, {
    hint: 'Run the host on Linux or macOS; on Windows, inside WSL.',
  });
}
