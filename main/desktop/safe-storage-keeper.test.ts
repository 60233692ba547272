import { afterEach, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { createSafeStorageKeeper } from './safe-storage-keeper.ts';

vi.mock('electron', async () => ({
  app: { whenReady: () => Promise.resolve() },
  safeStorage: (await import('../../test/fakes/electron/system.ts')).safeStorage,
}));

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the desktop app as keeper, over the stand-in for Electron', () => {
  it('opens what it sealed, and only under the same name', async () => {
    const keeper = createSafeStorageKeeper('linux');
    const sealed = unwrap(await keeper.seal('x', 'hunter2 ✓'));
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('hunter2');
    expect(unwrap(await keeper.open('x', sealed))).toEqual({ text: 'hunter2 ✓', stale: false });
    expect(await keeper.open('y', sealed)).toMatchObject({ ok: false, error: { tag: 'secret_damaged' } });
  });

  it('asks to be sealed again when Electron says so', async () => {
    const keeper = createSafeStorageKeeper('darwin');
    const sealed = unwrap(await keeper.seal('x', 'v'));
    vi.stubEnv('HOMER_STAND_IN_PASSWORDS', 'renewed');
    expect(unwrap(await keeper.open('x', sealed))).toEqual({ text: 'v', stale: true });
  });

  it('says that a seal of another password store does not open, and repeats no value', async () => {
    const keeper = createSafeStorageKeeper('linux');
    const sealed = unwrap(await keeper.seal('x', 'hunter2'));
    vi.stubEnv('HOMER_STAND_IN_KEY', 'another');
    const refused = await keeper.open('x', sealed);
    expect(refused).toMatchObject({ ok: false, error: { tag: 'keyring_failed' } });
    expect(JSON.stringify(refused)).not.toContain('hunter2');
  });

  it.each([
    ['keyring', 'linux', 'locked'],
    ['basic_text', 'linux', 'obscured'],
    ['basic_text', 'darwin', 'locked'],
    ['none', 'linux', 'unusable'],
    ['none', 'win32', 'unusable'],
  ] as const)('with the password store %s on %s is %s', async (passwords, platform, protection) => {
    vi.stubEnv('HOMER_STAND_IN_PASSWORDS', passwords);
    const { protection: found, detail } = await createSafeStorageKeeper(platform).state();
    expect(found).toBe(protection);
    expect(detail).not.toBe('');
  });
});
