import { request } from 'node:http';

/** Requests of the main process, by Node: plain HTTP, which is all that tests on loopback speak. Redirects are not followed. */
export const net = {
  request: (options: Electron.ClientRequestConstructorOptions) =>
    request({
      method: options.method ?? 'GET',
      hostname: options.hostname,
      port: options.port,
      path: options.path,
      headers: (options as { headers?: Record<string, string> }).headers,
    }) as unknown as Electron.ClientRequest,
} satisfies Pick<Electron.Net, 'request'>;
