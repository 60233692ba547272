import { REDACTED } from '../redact.ts';

/** Shorter ones could be any word. */
const LEAST = 8;

/** Hides texts that are known to be secret, whatever they look like; as they stand and as JSON writes them. */
export function createHider(secrets: readonly string[]): (text: string) => string {
  const texts = new Set(
    secrets
      .filter((secret) => secret.length >= LEAST)
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]),
  );
  // The longest first: one may hold another.
  const known = [...texts].sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  return (text) => known.reduce((left, secret) => left.replaceAll(secret, REDACTED), text);
}
