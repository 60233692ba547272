// Keeps secrets as fast as it can, in a process of its own: FOLDER WRITER COUNT. Each has its own names, and one name is everybody's.
import { createKeyFileKeeper } from '../../main/secrets/key-file-keeper.ts';
import { createSecrets } from '../../main/secrets/create-secrets.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';

const [folder = '', writer = '', count = '0'] = process.argv.slice(2);
const secrets = createSecrets({
  folder,
  keepers: [createKeyFileKeeper({ folder, env: {} })],
  clock: createSystemClock(),
  log: createSilentLog(),
});
process.stdin.once('data', () => {
  const work = async (): Promise<void> => {
    for (let nth = 0; nth < Number(count); nth += 1) {
      unwrap(await secrets.set(`${writer}/${String(nth)}`, `${writer} value ${String(nth)}`));
      unwrap(await secrets.set('shared', `${writer} last ${String(nth)}`));
      if (nth % 3 === 0) unwrap(await secrets.get('shared'));
    }
    process.stdin.destroy();
  };
  void work();
});
process.stdout.write('ready\n');
