import { secretValue } from '../secret-value.ts';
import type { Secrets } from '../secrets.ts';
import type { SecretEntry } from '../secret.ts';
import { fail, ok } from '../../../shared/result.ts';

/** Secrets of a test, gone with it. */
export function createMemorySecrets(kept: Record<string, string> = {}): Secrets {
  const texts = new Map(Object.entries(kept));
  const entry = (name: string): SecretEntry => ({
    name,
    keeper: 'key_file',
    updatedAt: '2026-01-01T00:00:00.000Z',
    readable: true,
  });
  const missing = (name: string) => fail('not_found', `There is no secret called ${name}.`);
  return {
    get(name) {
      const text = texts.get(name);
      return Promise.resolve(text === undefined ? missing(name) : ok(secretValue(text)));
    },
    set(name, text) {
      texts.set(name, text);
      return Promise.resolve(ok(entry(name)));
    },
    delete: (name) => Promise.resolve(texts.delete(name) ? ok(undefined) : missing(name)),
    list: () => Promise.resolve(ok([...texts.keys()].sort().map(entry))),
    status: () =>
      Promise.resolve(
        ok({ keeper: 'key_file', keepers: [], folder: '/nowhere', count: texts.size, damaged: [] }),
      ),
  };
}
