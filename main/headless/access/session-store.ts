import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import { readOwnerFile, writeOwnerFile } from './owner-file.ts';

export const browserSessionMs = 30 * 24 * 3_600_000;
const kept = 50;

const entrySchema = z.object({ createdAt: z.number(), expiresAt: z.number() });
export type BrowserSession = z.infer<typeof entrySchema>;
const fileSchema = z.object({ v: z.literal(1), entries: z.record(z.string(), entrySchema) });

/** Signed-in browsers by the hash of their cookie. Times are milliseconds since 1970. */
export interface SessionStore {
  get(hash: string): BrowserSession | undefined;
  put(hash: string, session: BrowserSession): void;
}

/**
 * Keeps signed-in browsers in a file, so that a restart of the host does not sign them out. A file that cannot be read or
 * written costs a new sign-in and no more: it is logged, and memory goes on serving.
 */
export function createFileSessionStore(path: string, clock: Clock, log: Log): SessionStore {
  const entries = new Map<string, BrowserSession>();
  const text = readOwnerFile(path);
  if (!text.ok) log.warn('signed-in browsers could not be read', { path, error: text.error.message });
  else if (text.value !== null) {
    const parsed = fileSchema.safeParse(parseJson(text.value));
    if (parsed.success)
      for (const [hash, session] of Object.entries(parsed.data.entries)) entries.set(hash, session);
    else log.warn('the file of signed-in browsers was not readable and starts anew', { path });
  }
  return {
    get(hash) {
      const session = entries.get(hash);
      return session && session.expiresAt > clock.now() ? session : undefined;
    },
    put(hash, session) {
      entries.set(hash, session);
      const now = clock.now();
      const newest = [...entries]
        .filter(([, entry]) => entry.expiresAt > now)
        .sort(([, a], [, b]) => b.createdAt - a.createdAt)
        .slice(0, kept);
      entries.clear();
      for (const [key, entry] of newest) entries.set(key, entry);
      const written = writeOwnerFile(
        path,
        JSON.stringify({ v: 1, entries: Object.fromEntries(entries) }, null, 1),
      );
      if (!written.ok)
        log.warn('signed-in browsers could not be kept', { path, error: written.error.message });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
