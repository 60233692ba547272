import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectSessionBus } from '../../main/approvals/channels/session-bus.ts';
import { createSecrets } from '../../main/secrets/create-secrets.ts';
import { createKeyFileKeeper } from '../../main/secrets/key-file-keeper.ts';
import { ask, ROOT } from '../../main/secrets/keyring/keyring-bus.ts';
import { createKeyringKeeper } from '../../main/secrets/keyring/keyring-keeper.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope, type Scope } from '../../main/shared/scope.ts';

const there = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
const missing = ['dbus-daemon', 'gnome-keyring-daemon'].filter((program) => !there(program));

let folder: string;
let scope: Scope;
let children: ChildProcess[];
const former = process.env['DBUS_SESSION_BUS_ADDRESS'];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-keyring-'));
  scope = createScope('keyring test');
  children = [];
  const bus = spawn('dbus-daemon', ['--session', '--print-address=1', '--nofork'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(bus);
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
});
afterEach(async () => {
  await scope.close();
  for (const child of children.reverse()) {
    const closed = once(child, 'close');
    if (child.kill('SIGKILL')) await closed;
  }
  if (former === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = former;
  rmSync(folder, { recursive: true, force: true });
});

async function startKeyring(): Promise<void> {
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  children.push(keyring);
  keyring.stdin.end('a password');
  const bus = unwrap(await connectSessionBus(scope));
  for (let tries = 0; !(await bus.owned('org.freedesktop.secrets')); tries += 1) {
    if (tries > 100) throw new Error('The keyring did not come up.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function open() {
  const clock = createSystemClock();
  const place = path.join(folder, 'secrets');
  return createSecrets({
    folder: place,
    keepers: [
      createKeyringKeeper({ connect: (own) => connectSessionBus(own), clock, scope }),
      createKeyFileKeeper({ folder: place, env: {} }),
    ],
    clock,
    log: createSilentLog(),
  });
}

async function read(name: string): Promise<string> {
  const found = await open().get(name);
  return found.ok ? found.value.reveal() : found.error.tag;
}

async function items(): Promise<number> {
  const bus = unwrap(await connectSessionBus(scope));
  const [unlocked] = await ask(bus, 'Service', ROOT, 'SearchItems', 'a{ss}', [{ application: 'homer' }]);
  return (unlocked as string[]).length;
}

describe.skipIf(missing.length > 0)(
  `a keyring of a desktop session${missing.length > 0 ? ` (skipped: ${missing.join(' and ')} is not installed)` : ''}`,
  () => {
    it('keeps values itself, replaces them without leaving the old one, and forgets them', async () => {
      await startKeyring();
      expect(unwrap(await open().set('github/token', 'zwei ✓\nlines'))).toMatchObject({
        keeper: 'secret_service',
      });
      expect(await read('github/token')).toBe('zwei ✓\nlines');
      unwrap(await open().set('github/token', 'x'.repeat(60_000)));
      expect(await read('github/token')).toBe('x'.repeat(60_000));
      expect(await items()).toBe(1);
      const files = readdirSync(path.join(folder, 'secrets'));
      expect(files).toHaveLength(1);
      expect(readFileSync(path.join(folder, 'secrets', files[0] ?? ''), 'utf8')).not.toContain('xxxx');
      unwrap(await open().delete('github/token'));
      expect([await items(), await read('github/token')]).toEqual([0, 'not_found']);
      expect(scope.held().filter((label) => label.includes('keyring/'))).toEqual([]);
    });

    it('is gone around for new values while it is locked, and says so; what it holds waits', async () => {
      await startKeyring();
      unwrap(await open().set('old', 'kept in the keyring'));
      const bus = unwrap(await connectSessionBus(scope));
      const [collection] = await ask(bus, 'Service', ROOT, 'ReadAlias', 's', ['default']);
      await ask(bus, 'Service', ROOT, 'Lock', 'ao', [[collection]]);
      const status = unwrap(await open().status());
      expect(status.keeper).toBe('key_file');
      expect(status.keepers[0]).toMatchObject({ protection: 'unusable', detail: 'The keyring is locked.' });
      expect(await read('old')).toBe('keyring_failed');
      unwrap(await open().set('new', 'kept in a file'));
      expect(await read('new')).toBe('kept in a file');
    });

    it('that does not run is not started, and an encrypted file takes its place', async () => {
      expect(unwrap(await open().set('x', 'v')).keeper).toBe('key_file');
      expect(unwrap(await open().status()).keepers[0]?.detail).toBe('No keyring runs in this session.');
    });
  },
);
