import { pathToFileURL } from 'node:url';
import type { DesktopRuntime } from '../desktop/runtime-port.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { fail, type Result } from '../shared/result.ts';
import type { Scope } from '../shared/scope.ts';

export interface RuntimeOptions {
  readonly host: 'desktop' | 'headless' | 'cli';
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly scope: Scope;
}

/** Until the runtime is wired here, a host runs on the module that `HOMER_RUNTIME_MODULE` names; the desktop specs use one. */
export async function startRuntime(options: RuntimeOptions): Promise<Result<DesktopRuntime>> {
  const module = process.env['HOMER_RUNTIME_MODULE'];
  if (module === undefined)
    return fail('not_wired', 'This build has no runtime yet.', { hint: 'Use a later build.' });
  const loaded = (await import(/* @vite-ignore */ pathToFileURL(module).href)) as {
    startRuntime: (options: RuntimeOptions) => Promise<Result<DesktopRuntime>>;
  };
  return loaded.startRuntime(options);
}
