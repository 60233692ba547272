import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../shared/clock.ts';
import { createSilentLog } from '../../shared/log.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createScope, type Scope } from '../../shared/scope.ts';
import type { FoundUpdate, InstallOutcome, UpdateSource } from './update-source.ts';
import { createUpdates, type Updates } from './updates.ts';

const DAY_MS = 86_400_000;
const newer: FoundUpdate = { version: '0.2.0', notes: 'Faster.' };

let clock: ManualClock;
let scope: Scope;
let updates: Updates;
let asked: string[];
let told: string[];
let opened: number;
let quits: number;
let answer: () => Promise<Result<FoundUpdate | null>>;
let installed: InstallOutcome;

beforeEach(() => {
  clock = createManualClock();
  scope = createScope('test');
  asked = [];
  told = [];
  opened = 0;
  quits = 0;
  answer = () => Promise.resolve(ok(newer));
  installed = { outcome: 'done' };
  updates = make({ address: 'https://updates.example/' });
});
afterEach(async () => {
  await scope.close();
});

function make(offer: { address: string } | string): Updates {
  const source: UpdateSource = {
    check: (channel) => {
      asked.push(`check ${channel}`);
      return answer();
    },
    download: () => {
      asked.push('download');
      return Promise.resolve(ok(undefined));
    },
    cancel: () => undefined,
    install: (restart) => {
      asked.push(restart ? 'install and start' : 'install');
      return installed;
    },
  };
  const known = new Set<string>();
  return createUpdates({
    offer,
    open: () => {
      opened += 1;
      return Promise.resolve(source);
    },
    told: { isNew: (version) => !known.has(version), note: (version) => void known.add(version) },
    tell: (title) => void told.push(title),
    quit: () => {
      quits += 1;
    },
    clock,
    log: createSilentLog(),
    scope,
  });
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

async function ready(): Promise<void> {
  updates.choose({ mode: 'install', channel: 'latest' });
  await settle();
  expect(updates.status().state).toBe('ready');
}

describe('updates', () => {
  it('load nothing and ask nobody while they are off, however long', async () => {
    updates.choose({ mode: 'off', channel: 'beta' });
    clock.advance(10 * DAY_MS);
    await settle();
    expect([opened, asked]).toEqual([0, []]);
    expect(updates.check()).toMatchObject({ ok: false, error: { tag: 'updates_off' } });
  });

  it('ask nobody in a build without an address, whatever is chosen', async () => {
    updates = make('This build has no update address.');
    updates.choose({ mode: 'install', channel: 'latest' });
    clock.advance(DAY_MS);
    await settle();
    expect(opened).toBe(0);
    expect(updates.status()).toMatchObject({ state: 'off', notOffered: 'This build has no update address.' });
  });

  it('look at once when turned on, then once a day, and tell of one version once', async () => {
    updates.choose({ mode: 'tell', channel: 'latest' });
    await settle();
    expect(updates.status()).toMatchObject({ state: 'available', version: '0.2.0', notes: 'Faster.' });
    clock.advance(DAY_MS - 1);
    await settle();
    expect(asked).toEqual(['check latest']);
    clock.advance(1);
    await settle();
    expect(asked).toEqual(['check latest', 'check latest']);
    expect(told).toEqual(['Homer 0.2.0 is there']);
  });

  it('go on looking every day after a failure', async () => {
    answer = () => Promise.resolve(fail('update_failed', 'Gone.', { hint: 'Wait.' }));
    updates.choose({ mode: 'tell', channel: 'latest' });
    await settle();
    expect(updates.status()).toMatchObject({ state: 'failed', failure: { message: 'Gone.', hint: 'Wait.' } });
    answer = () => Promise.resolve(ok(null));
    clock.advance(DAY_MS);
    await settle();
    expect(updates.status()).toMatchObject({ state: 'up_to_date', failure: null });
  });

  it('drop an answer that comes after they were turned off', async () => {
    let late = (_: Result<FoundUpdate | null>): void => undefined;
    answer = () => new Promise((resolve) => (late = resolve));
    updates.choose({ mode: 'install', channel: 'latest' });
    await settle();
    expect(updates.status().state).toBe('checking');
    updates.choose({ mode: 'off', channel: 'latest' });
    late(ok(newer));
    await settle();
    expect(updates.status()).toMatchObject({ state: 'off', version: null });
    expect([asked, told]).toEqual([['check latest'], []]);
  });

  it('look again on another channel', async () => {
    answer = () => Promise.resolve(ok(null));
    updates.choose({ mode: 'tell', channel: 'latest' });
    await settle();
    updates.choose({ mode: 'tell', channel: 'beta' });
    await settle();
    expect(asked).toEqual(['check latest', 'check beta']);
  });

  it('are installed at a quit with nothing at work, and at no other', async () => {
    await ready();
    expect(updates.atEnd(false)).toBe('end');
    expect(asked).not.toContain('install');
    expect(updates.atEnd(true)).toBe('end');
    expect(asked.at(-1)).toBe('install');
  });

  it('restart by a quit in order, and not after the owner stayed', async () => {
    await ready();
    expect(updates.restart()).toMatchObject({ ok: true });
    expect(quits).toBe(1);
    updates.stay();
    updates.atEnd(true);
    expect(asked.at(-1)).toBe('install');
    updates.restart();
    updates.atEnd(true);
    expect(asked.at(-1)).toBe('install and start');
  });

  it('start Homer again as it is when a restart could not install', async () => {
    await ready();
    installed = { outcome: 'failed', failure: { tag: 'update_failed', message: 'No rights.' } };
    expect(updates.atEnd(true)).toBe('end');
    updates.restart();
    expect(updates.atEnd(true)).toBe('again');
    expect(updates.atEnd(false)).toBe('again');
  });
});
