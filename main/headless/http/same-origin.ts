import { hostName } from '../access/loopback.ts';
import type { AppMiddleware } from './app-env.ts';
import { refuse } from './refuse.ts';

/**
 * Keeps other sites out. A foreign Host is a rebound name; a foreign Origin, or a fetch that the browser marks as coming from
 * elsewhere, is another page. `same-site` is elsewhere too: every port of localhost is one site, and shares its cookies.
 */
export function sameOrigin(allowedHosts: readonly string[]): AppMiddleware {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  return async (c, next) => {
    const header = c.req.header('host');
    const name = hostName(header);
    if (header === undefined || name === undefined || !allowed.has(name))
      return refuse(c, {
        tag: 'forbidden_host',
        message: 'This host name is not one Homer answers to.',
        hint: 'Open the address that `homer serve` printed, or allow this name with --allow-host.',
      });
    const origin = c.req.header('origin');
    const fetchSite = c.req.header('sec-fetch-site');
    const elsewhere = fetchSite === 'cross-site' || fetchSite === 'same-site';
    const visit = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
    if (
      (origin !== undefined && origin.toLowerCase() !== `http://${header.toLowerCase()}`) ||
      (elsewhere && !visit)
    )
      return refuse(c, {
        tag: 'forbidden_origin',
        message: 'A page from elsewhere may not talk to Homer.',
        hint: 'Use the dashboard at its own address; scripts send the token and no Origin.',
      });
    return next();
  };
}

/** On the local socket: a browser cannot reach it, so a request that claims to be one is refused. */
export function noBrowser(): AppMiddleware {
  return async (c, next) => {
    if (c.req.header('origin') !== undefined)
      return refuse(c, { tag: 'forbidden_origin', message: 'Pages may not use the local socket.' });
    return next();
  };
}
