import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createRunCommand } from '../agents/process/run-command.ts';
import { createSystemClock } from '../shared/clock.ts';
import { createIds } from '../shared/ids.ts';
import { createSilentLog } from '../shared/log.ts';
import { unwrap } from '../shared/result.ts';
import { createScope } from '../shared/scope.ts';
import { openStore } from '../store/store.ts';
import { findInstallation } from './folders.ts';
import { createOwnerCommand } from './owner-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'homer-owner-'));
const scope = createScope('test');
afterEach(async () => {
  await scope.close();
  rmSync(folder, { recursive: true, force: true });
});

it("gives a command of the owner's the way to the network of this machine, and no secret of the host", async () => {
  const clock = createSystemClock();
  const ids = createIds(clock);
  const log = createSilentLog();
  const store = unwrap(
    await openStore({ folder, migrationsFolder: findInstallation().migrations, clock, ids, log, scope }),
  );
  const command = createOwnerCommand({
    run: createRunCommand({ clock, log }),
    env: {
      PATH: process.env['PATH'],
      HTTPS_PROXY: 'http://127.0.0.1:3128',
      no_proxy: 'localhost',
      NODE_EXTRA_CA_CERTS: '/etc/company.pem',
      SERVICE_TOKEN: 'secret',
    },
    scope,
    ids,
    store,
    log,
    folder: join(folder, 'input'),
  });
  const outcome = unwrap(
    await command({
      command: 'echo "$HTTPS_PROXY $no_proxy $NODE_EXTRA_CA_CERTS [$SERVICE_TOKEN]"',
      cwd: folder,
      timeoutMs: 10_000,
      env: {},
      signal: new AbortController().signal,
    }),
  );
  expect(outcome.output.trim()).toBe('http://127.0.0.1:3128 localhost /etc/company.pem []');
});
