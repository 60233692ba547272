import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { OneTimeTokens } from '../access/one-time-tokens.ts';
import { hashSecret, newSecret, sameSecret } from '../access/secret.ts';
import { browserSessionMs, type SessionStore } from '../access/session-store.ts';
import { createWrongAttempts } from '../access/wrong-attempts.ts';
import { wantsPage, type AppContext, type AppMiddleware } from './app-env.ts';
import { noticePage } from './pages.ts';
import { refuse } from './refuse.ts';

/** Who may come in over TCP. */
export interface TokenAccess {
  readonly kind: 'token';
  readonly apiToken: string;
  readonly oneTime: OneTimeTokens;
  readonly sessions: SessionStore;
  /** Host names answered to; the loopback names when left out. */
  readonly allowedHosts?: readonly string[];
}

/**
 * Lets in a bearer of the API token, or a browser that exchanged the one-time token of the printed URL for a cookie. Everyone
 * else learns from `/health` that something runs here, and nothing more.
 */
export function signIn(access: TokenAccess, clock: Clock, log: Log): AppMiddleware {
  const wrong = createWrongAttempts(clock);
  const wrongToken = (c: AppContext): Response | undefined => {
    const address = c.env.incoming.socket.remoteAddress ?? 'unknown';
    const wait = wrong.record(address);
    if (wait === 0) return undefined;
    log.warn('too many wrong tokens', { address });
    c.header('Retry-After', String(wait));
    return refuse(c, {
      tag: 'too_many_attempts',
      message: 'Too many wrong tokens.',
      hint: `Wait ${String(wait)} seconds; \`homer token\` prints the right one.`,
    });
  };
  const signedIn = (c: AppContext): boolean => {
    const cookie = getCookie(c, cookieName(c));
    return cookie !== undefined && access.sessions.get(hashSecret(cookie)) !== undefined;
  };

  return async (c, next) => {
    const oneTime = c.req.query('token');
    // Link previews and prefetches must not use the token up.
    const visit = c.req.method === 'GET' && c.req.header('sec-purpose') === undefined;
    if (c.req.path === '/' && oneTime !== undefined && visit) {
      if (!signedIn(c)) {
        if (!access.oneTime.redeem(oneTime))
          return (
            wrongToken(c) ??
            c.html(
              noticePage(
                'This link was used already, or is too old',
                'The link that Homer prints signs in one browser, once, within ten minutes. Get a new one with:',
                ['homer open'],
              ),
              401,
            )
          );
        const secret = newSecret();
        const now = clock.now();
        access.sessions.put(hashSecret(secret), { createdAt: now, expiresAt: now + browserSessionMs });
        setCookie(c, cookieName(c), secret, {
          httpOnly: true,
          sameSite: 'Strict',
          path: '/',
          maxAge: browserSessionMs / 1000,
        });
      }
      return c.redirect('/', 303);
    }
    const authorization = c.req.header('authorization');
    if (authorization !== undefined) {
      const bearer = /^Bearer ([^\s]+)$/iu.exec(authorization)?.[1];
      if (bearer === undefined || !sameSecret(bearer, access.apiToken))
        return wrongToken(c) ?? refuse(c, notSignedIn('The token is not the right one.'));
      c.set('actor', { name: 'owner', channel: 'api' });
      return next();
    }
    if (signedIn(c)) {
      c.set('actor', { name: 'owner', channel: 'dashboard' });
      return next();
    }
    if (c.req.path === '/health' && c.req.method === 'GET' && !wantsPage(c)) return c.json({ status: 'ok' });
    // The style of the notice below; it holds nothing of the owner's.
    if (c.req.path === '/docs/pages.css') return next();
    if (wantsPage(c))
      return c.html(
        noticePage(
          'Sign in to Homer',
          'This browser is not signed in. Open the dashboard with a fresh link, in a clone of Homer with npx before it:',
          ['homer open'],
        ),
        401,
      );
    return refuse(c, notSignedIn('Homer does not know who asks.'));
  };
}

/** Cookies do not tell ports apart, so the name does: two instances on one machine keep out of each other's way. */
function cookieName(c: AppContext): string {
  return `homer_${new URL(c.req.url).port || '80'}`;
}

function notSignedIn(message: string): { tag: string; message: string; hint: string } {
  return {
    tag: 'unauthorised',
    message,
    hint: 'Send `Authorization: Bearer <token>`; `homer token` prints it, and `homer open` signs a browser in.',
  };
}
