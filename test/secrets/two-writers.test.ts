import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSecrets } from '../../main/secrets/create-secrets.ts';
import { createKeyFileKeeper } from '../../main/secrets/key-file-keeper.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';

const COUNT = 40;
let folder: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'homer-writers-')), 'secrets');
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

it('two processes that keep secrets at once use one key, lose none, and leave no half of one', async () => {
  const writers = ['a', 'b'].map((name) => {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'writing-process.ts'), folder, name, String(COUNT)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    children.push(child);
    return child;
  });
  await Promise.all(writers.map(({ stdout }) => once(stdout, 'data')));
  const ended = writers.map(async (child) => {
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  });
  // Both at once, so that they also race for making the key.
  for (const { stdin } of writers) stdin.end('go');
  expect(await Promise.all(ended)).toEqual([0, 0]);

  const secrets = createSecrets({
    folder,
    keepers: [createKeyFileKeeper({ folder, env: {} })],
    clock: createSystemClock(),
    log: createSilentLog(),
  });
  expect(unwrap(await secrets.status())).toMatchObject({ count: 2 * COUNT + 1, damaged: [] });
  for (const writer of ['a', 'b'])
    for (let nth = 0; nth < COUNT; nth += 1)
      expect(unwrap(await secrets.get(`${writer}/${String(nth)}`)).reveal()).toBe(
        `${writer} value ${String(nth)}`,
      );
  expect(unwrap(await secrets.get('shared')).reveal()).toMatch(
    new RegExp(`^[ab] last ${String(COUNT - 1)}$`, 'u'),
  );
  expect(readdirSync(folder).filter((name) => name !== 'key' && !name.endsWith('.json'))).toEqual([]);
}, 30_000);
