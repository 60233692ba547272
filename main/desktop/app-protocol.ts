import { protocol } from 'electron';
import type { Log } from '../shared/log.ts';
import type { Scope } from '../shared/scope.ts';
import { createAppHandler } from './app-files.ts';

/** Must run before Electron is ready: makes `app://homer` a secure origin of its own. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function serveApp(options: { rendererDir: string; log: Log; scope: Scope }): void {
  protocol.handle('app', createAppHandler(options));
  options.scope.add('app protocol', () => {
    protocol.unhandle('app');
  });
}
