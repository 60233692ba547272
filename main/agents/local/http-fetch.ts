import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';

export type Fetch = typeof globalThis.fetch;

/**
 * `fetch` without its limit of five minutes on the first byte and between two: a model on this machine may read a long prompt for longer.
 * Whoever calls holds the limit. Redirects are not followed, so that a key goes only where it was meant to. Proxies are taken from `env`,
 * never for this machine itself.
 */
export function createHttpFetch(env: Readonly<Record<string, string | undefined>>): Fetch {
  const excepted = [env['NO_PROXY'] ?? env['no_proxy'], '127.0.0.1', 'localhost', '[::1]', '::1'];
  const proxyEnv = { ...env, NO_PROXY: excepted.filter((part) => part).join(',') };
  const agents = { http: new HttpAgent({ proxyEnv }), https: new HttpsAgent({ proxyEnv }) };

  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const secure = url.protocol === 'https:';
      const { body, signal } = init;
      if (body !== undefined && body !== null && typeof body !== 'string')
        throw new TypeError('only texts are sent');
      const sent = Buffer.from(body ?? '');
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: init.method ?? 'GET',
          agent: secure ? agents.https : agents.http,
          headers: {
            ...Object.fromEntries(new Headers(init.headers)),
            'content-length': String(sent.length),
          },
          ...(signal ? { signal } : {}),
        },
        (response) => {
          const headers = new Headers();
          for (const [name, value] of Object.entries(response.headers))
            if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
          const status = response.statusCode ?? 500;
          const empty = status === 204 || status === 304;
          if (empty) response.resume();
          resolve(
            new Response(empty ? null : (Readable.toWeb(response) as ReadableStream<Uint8Array>), {
              status,
              headers,
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(sent);
    });
}
