import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format, inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeeperState } from '../domain/secret/secret.ts';
import type { SecretKeeper } from '../domain/secret/secret-keeper.ts';
import type { Secrets } from '../domain/secret/secrets.ts';
import { createManualClock } from '../shared/clock.ts';
import { createSilentLog } from '../shared/log.ts';
import { fail, ok, unwrap } from '../shared/result.ts';
import { createKeyFileKeeper } from './key-file-keeper.ts';
import { createSecrets } from './create-secrets.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'homer-secrets-'));
  folder = path.join(root, 'secrets');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const open = (env: Record<string, string> = {}, more: SecretKeeper[] = []): Secrets =>
  createSecrets({
    folder,
    keepers: [...more, createKeyFileKeeper({ folder, env })],
    clock: createManualClock(),
    log: createSilentLog(),
  });
const files = (ending = '.json'): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));
const read = async (secrets: Secrets, name: string): Promise<string> => {
  const found = await secrets.get(name);
  return found.ok ? found.value.reveal() : found.error.tag;
};
const mode = (file: string): number => statSync(file).mode & 0o777;

describe('secrets', () => {
  it('keeps a value under its name across starts, replaces it, and forgets it', async () => {
    const first = open();
    expect(unwrap(await first.set('github/token', 'one'))).toMatchObject({
      name: 'github/token',
      keeper: 'key_file',
      readable: true,
    });
    expect(await read(open(), 'github/token')).toBe('one');
    unwrap(await open().set('github/token', 'zwei ✓\nsecond line'));
    expect(await read(first, 'github/token')).toBe('zwei ✓\nsecond line');
    unwrap(await first.delete('github/token'));
    expect(await read(open(), 'github/token')).toBe('not_found');
    expect((await first.delete('github/token')).ok).toBe(false);
    expect(files()).toEqual([]);
  });

  it('lists names by the alphabet and never a value', async () => {
    const secrets = open();
    for (const name of ['b', 'a/2', 'a/1', 'A']) unwrap(await secrets.set(name, `value of ${name}`));
    const listed = unwrap(await secrets.list());
    expect(listed.map(({ name }) => name)).toEqual(['A', 'a/1', 'a/2', 'b']);
    expect(JSON.stringify([listed, unwrap(await secrets.status())])).not.toContain('value of');
  });

  it('hands a value out in a form that shows itself to nobody who does not ask', async () => {
    const secrets = open();
    unwrap(await secrets.set('x', 'hunter2'));
    const value = unwrap(await secrets.get('x'));
    expect(value.reveal()).toBe('hunter2');
    const shown = [JSON.stringify({ value }), inspect({ value }), format('%s %o', value, value)];
    expect(shown.join()).not.toContain('hunter2');
  });

  it('tells names apart that some file systems do not', async () => {
    const secrets = open();
    unwrap(await secrets.set('Token', 'upper'));
    unwrap(await secrets.set('token', 'lower'));
    expect([await read(secrets, 'Token'), await read(secrets, 'token')]).toEqual(['upper', 'lower']);
  });

  it.each(['', '../x', '/x', 'a b', 'ä', 'x'.repeat(129), 'a\u0000', '-x'])(
    'refuses the name %j',
    async (name) => {
      const secrets = open();
      for (const result of [
        await secrets.set(name, 'v'),
        await secrets.get(name),
        await secrets.delete(name),
      ])
        expect(result).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
      expect(existsSync(folder)).toBe(false);
    },
  );

  it('refuses an empty value and one over 64 KiB, and keeps the old one', async () => {
    const secrets = open();
    unwrap(await secrets.set('x', 'ö'.repeat(32 * 1024)));
    expect((await secrets.set('x', '')).ok).toBe(false);
    expect((await secrets.set('x', `${'ö'.repeat(32 * 1024)}!`)).ok).toBe(false);
    expect(await read(secrets, 'x')).toBe('ö'.repeat(32 * 1024));
  });

  it('lets only the owner at folder, key and files, and narrows a folder that was wider', async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    unwrap(await open().set('x', 'v'));
    expect(mode(folder)).toBe(0o700);
    for (const name of readdirSync(folder)) expect(mode(path.join(folder, name))).toBe(0o600);
  });

  it('writes no value and no name into a file name', async () => {
    unwrap(await open().set('my-bank', 'hunter2'));
    expect(readdirSync(folder).join()).not.toMatch(/bank|hunter2/u);
    expect(
      files()
        .map((file) => readFileSync(file, 'utf8'))
        .join(),
    ).not.toContain('hunter2');
  });

  it('keeps every one of many that are set at once, and one whole value of those set under one name', async () => {
    const [one, two] = [open(), open()];
    const names = Array.from({ length: 40 }, (_, n) => `n${String(n)}`);
    await Promise.all(
      names.map(async (name, n) => unwrap(await (n % 2 ? one : two).set(name, `of ${name}`))),
    );
    for (const name of names) expect(await read(one, name)).toBe(`of ${name}`);
    const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(5_000));
    await Promise.all(texts.map(async (text, n) => unwrap(await (n % 2 ? one : two).set('same', text))));
    expect(texts).toContain(await read(two, 'same'));
    expect(files('.tmp')).toEqual([]);
  });

  it('takes calls for one name in their order', async () => {
    const secrets = open();
    const answers = await Promise.all([
      secrets.set('x', 'first'),
      secrets.get('x'),
      secrets.delete('x'),
      secrets.get('x'),
      secrets.set('x', 'last'),
    ]);
    expect(answers.map(({ ok: good }) => good)).toEqual([true, true, true, false, true]);
    expect(await read(secrets, 'x')).toBe('last');
  });
});

describe('damage', () => {
  it.each(['', '{', '{"v":1}', '{"v":2,"name":"x"}', '\u0000\u0000'])(
    'names a file that holds %j, leaves the others readable, and keeps it when the secret is set again',
    async (text) => {
      const secrets = open();
      unwrap(await secrets.set('x', 'old'));
      const [file = ''] = files();
      unwrap(await secrets.set('other', 'fine'));
      writeFileSync(file, text);
      const refused = await secrets.get('x');
      expect(refused).toMatchObject({ ok: false, error: { tag: 'secret_damaged' } });
      expect(refused.ok ? '' : refused.error.message).toContain(file);
      expect(await read(secrets, 'other')).toBe('fine');
      expect(unwrap(await secrets.status())).toMatchObject({ count: 1, damaged: [file] });
      unwrap(await secrets.set('x', 'new'));
      expect(await read(secrets, 'x')).toBe('new');
      const [kept = ''] = unwrap(await secrets.status()).damaged;
      expect(readFileSync(kept, 'utf8')).toBe(text);
    },
  );

  it('refuses a seal with one bit changed, and one moved to another name', async () => {
    const secrets = open();
    unwrap(await secrets.set('x', 'of x'));
    const [fileX = ''] = files();
    unwrap(await secrets.set('y', 'of y'));
    const fileY = files().find((file) => file !== fileX) ?? '';
    const x = JSON.parse(readFileSync(fileX, 'utf8')) as { sealed: string };
    const y = JSON.parse(readFileSync(fileY, 'utf8')) as { sealed: string };
    writeFileSync(fileY, JSON.stringify({ ...y, sealed: x.sealed }));
    expect(await read(secrets, 'y')).toBe('secret_damaged');
    const [form, mark, body = ''] = x.sealed.split('.');
    const bytes = Buffer.from(body, 'base64');
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    writeFileSync(fileX, JSON.stringify({ ...x, sealed: [form, mark, bytes.toString('base64')].join('.') }));
    expect(await read(secrets, 'x')).toBe('secret_damaged');
  });

  it('says which key is missing, makes no other in its place for reading, and opens again when it is back', async () => {
    const secrets = open();
    unwrap(await secrets.set('x', 'v'));
    const key = path.join(folder, 'key');
    const text = readFileSync(key, 'utf8');
    rmSync(key);
    expect(await read(secrets, 'x')).toBe('secret_unreadable');
    expect(existsSync(key)).toBe(false);
    writeFileSync(key, 'not a key');
    expect(await read(secrets, 'x')).toBe('secret_damaged');
    expect((await secrets.set('y', 'v')).ok).toBe(false);
    writeFileSync(key, text);
    expect(await read(secrets, 'x')).toBe('v');
  });

  it('says that a folder cannot be written, and loses nothing', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    expect(await open().set('x', 'v')).toMatchObject({
      ok: false,
      error: { tag: 'no_secret_keeper', hint: expect.stringContaining(folder) },
    });
    expect(readFileSync(folder, 'utf8')).toBe('a file where the folder should be');
  });

  it('clears away what an interrupted write left, an hour later', async () => {
    mkdirSync(folder);
    const old = path.join(folder, 'a.json.0011.tmp');
    const fresh = path.join(folder, 'b.json.0011.tmp');
    for (const file of [old, fresh]) writeFileSync(file, 'half');
    const now = Date.parse('2026-01-01T00:00:00.000Z') / 1000;
    utimesSync(old, now - 4000, now - 4000);
    utimesSync(fresh, now - 60, now - 60);
    unwrap(await open().set('x', 'v'));
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
    expect(unwrap(await open().list()).map(({ name }) => name)).toEqual(['x']);
  });
});

describe('a key of the owner’s', () => {
  const keyFile = (bytes: Buffer, form: 'hex' | 'base64' | 'base64url'): string => {
    const file = path.join(root, `key-${form}`);
    writeFileSync(file, `${bytes.toString(form)}\n`, { mode: 0o600 });
    return file;
  };

  it.each(['hex', 'base64', 'base64url'] as const)(
    'is taken from a file as %s, and no other is made',
    async (form) => {
      const env = { HOMER_SECRET_KEY_FILE: keyFile(Buffer.alloc(32, 7), form) };
      unwrap(await open(env).set('x', 'v'));
      expect(existsSync(path.join(folder, 'key'))).toBe(false);
      expect(await read(open(env), 'x')).toBe('v');
      expect(await read(open(), 'x')).toBe('secret_unreadable');
      expect(unwrap(await open(env).status()).keepers[0]).toMatchObject({ protection: 'locked' });
    },
  );

  it('is taken from systemd’s credentials', async () => {
    const credentials = path.join(root, 'credentials');
    mkdirSync(credentials);
    writeFileSync(path.join(credentials, 'homer-secret-key'), 'ab'.repeat(32), { mode: 0o400 });
    const env = { CREDENTIALS_DIRECTORY: credentials };
    unwrap(await open(env).set('x', 'v'));
    expect(await read(open(env), 'x')).toBe('v');
    expect(existsSync(path.join(folder, 'key'))).toBe(false);
  });

  it('takes over what was kept with Homer’s own key, at the first reading', async () => {
    unwrap(await open().set('x', 'v'));
    const env = { HOMER_SECRET_KEY_FILE: keyFile(Buffer.alloc(32, 9), 'hex') };
    expect(await read(open(env), 'x')).toBe('v');
    rmSync(path.join(folder, 'key'));
    expect(await read(open(env), 'x')).toBe('v');
  });

  it('is not gone around when it is missing, malformed, or a key of 31 bytes', async () => {
    const file = path.join(root, 'none');
    const env = { HOMER_SECRET_KEY_FILE: file };
    for (const text of [null, 'short', Buffer.alloc(31).toString('base64')]) {
      if (text !== null) writeFileSync(file, text);
      expect((await open(env).set('x', 'v')).ok).toBe(false);
      expect(unwrap(await open(env).status())).toMatchObject({ keeper: null });
    }
    expect(existsSync(folder)).toBe(false);
  });

  it('is warned of when others may read it', async () => {
    const file = keyFile(Buffer.alloc(32, 7), 'hex');
    chmodSync(file, 0o644);
    const [keeper] = unwrap(await open({ HOMER_SECRET_KEY_FILE: file }).status()).keepers;
    expect(keeper).toMatchObject({ protection: 'file_rights' });
    expect(keeper?.detail).toContain('Others than its owner');
  });
});

describe('keepers', () => {
  const keeper = (kind: SecretKeeper['kind'], state: KeeperState['protection']) => {
    const kept = new Map<string, string>();
    let next = 0;
    const made: SecretKeeper & { kept: typeof kept; refuse: boolean; stale: boolean } = {
      kind,
      kept,
      refuse: false,
      stale: false,
      state: () => Promise.resolve({ protection: state, detail: 'A test.' }),
      seal(_name, text) {
        if (made.refuse) return Promise.resolve(fail('keyring_failed', 'The keyring is locked.'));
        const ref = `ref ${String((next += 1))}`;
        kept.set(ref, text);
        return Promise.resolve(ok(ref));
      },
      open(_name, sealed) {
        const text = kept.get(sealed);
        return Promise.resolve(
          text === undefined ? fail('keyring_failed', 'Gone.') : ok({ text, stale: made.stale }),
        );
      },
      forget(sealed) {
        kept.delete(sealed);
        return Promise.resolve(ok(undefined));
      },
    };
    return made;
  };

  it('get a new secret by how well they protect, and open what they sealed before', async () => {
    const obscured = keeper('safe_storage', 'obscured');
    unwrap(await open({}, [obscured]).set('x', 'v'));
    expect(obscured.kept.size).toBe(0);
    const locked = keeper('secret_service', 'locked');
    const both = open({}, [obscured, locked]);
    unwrap(await both.set('y', 'w'));
    expect([...locked.kept.values()]).toEqual(['w']);
    expect([await read(both, 'x'), await read(both, 'y')]).toEqual(['v', 'w']);
    expect(unwrap(await both.status()).keeper).toBe('secret_service');
  });

  it('that are not of this host are named, and the secret can be set anew', async () => {
    unwrap(await open({}, [keeper('safe_storage', 'locked')]).set('x', 'v'));
    const headless = open();
    expect(unwrap(await headless.list())).toMatchObject([{ keeper: 'safe_storage', readable: false }]);
    const refused = await headless.get('x');
    expect(refused.ok ? '' : refused.error.message).toContain('Desktop app');
    unwrap(await headless.set('x', 'again'));
    expect(await read(headless, 'x')).toBe('again');
  });

  it('keep the old value when they refuse the new one, and hold one value for each name', async () => {
    const locked = keeper('keychain', 'locked');
    const secrets = open({}, [locked]);
    unwrap(await secrets.set('x', 'old'));
    locked.refuse = true;
    expect((await secrets.set('x', 'new')).ok).toBe(false);
    expect(await read(secrets, 'x')).toBe('old');
    locked.refuse = false;
    unwrap(await secrets.set('x', 'new'));
    expect([...locked.kept.values()]).toEqual(['new']);
    unwrap(await secrets.delete('x'));
    expect(locked.kept.size).toBe(0);
  });

  it('whose key was renewed seal again what they open', async () => {
    const locked = keeper('safe_storage', 'locked');
    const secrets = open({}, [locked]);
    unwrap(await secrets.set('x', 'v'));
    locked.stale = true;
    expect(await read(secrets, 'x')).toBe('v');
    expect([...locked.kept.entries()]).toEqual([['ref 2', 'v']]);
    locked.refuse = true;
    expect(await read(secrets, 'x')).toBe('v');
  });
});
