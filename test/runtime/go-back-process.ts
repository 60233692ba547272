// A host that goes back to a backup and kills itself before its so-manieth change of a file from then on: `node go-back-process.ts <folder> <backup> <change>`.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { findInstallation } from '../../main/boot/folders.ts';
import { startOrSafeMode } from '../../main/boot/start-or-safe-mode.ts';
import { createDirectCall } from '../../main/headless/direct-call.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';

const [dataDir = '', backup = '', change = ''] = process.argv.slice(2);
const scope = createScope('host');
const homer = unwrap(
  await startOrSafeMode({
    host: 'headless',
    version: '1.2.3',
    dataDir,
    installation: findInstallation(),
    env: { PATH: process.env['PATH'] },
    clock: createSystemClock(),
    log: createSilentLog(),
    scope,
  }),
);

let left = Number(change);
const dies = <A extends unknown[], R>(work: (...args: A) => R): ((...args: A) => R) => {
  return (...args) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return work(...args);
  };
};
fs.renameSync = dies(fs.renameSync);
fs.rmSync = dies(fs.rmSync);
fs.copyFileSync = dies(fs.copyFileSync);
fs.writeFileSync = dies(fs.writeFileSync);
fs.openSync = dies(fs.openSync);
fs.fsyncSync = dies(fs.fsyncSync);
syncBuiltinESMExports();

const reply = await createDirectCall(homer.dispatch, { name: 'owner', channel: 'cli' })('backup.restore', {
  backup,
});
process.stdout.write(reply.ok ? 'restored' : reply.error.message);
await scope.close();
