import { createInterface } from 'node:readline';
import { findInstallation } from '../../main/boot/folders.ts';
import { startRuntime } from '../../main/boot/start-runtime.ts';
import { createDirectCall } from '../../main/headless/direct-call.ts';
import { createSystemClock, type Clock } from '../../main/shared/clock.ts';
import type { Log } from '../../main/shared/log.ts';
import { createScope } from '../../main/shared/scope.ts';

/**
 * A headless host that kills itself at a named point: `doomed-host.ts DATA POINT`. Points stand in the ports that the product is
 * given, not in the product: `none`; `write:N` and `written:N`, before and just after its N-th transaction; `git:N`, after its N-th
 * git command; `log:TEXT`, when it logs a message that holds TEXT. It takes operations as JSON lines on standard input, one
 * answer line each, and says first how starting went.
 */
const [dataDir = '', point = 'none'] = process.argv.slice(2);
const [kind = '', ...rest] = point.split(':');
const when = rest.join(':');
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
let count = 0;
const reached = (name: string): boolean => kind === name && (count += 1) === Number(when);

const system = createSystemClock();
const clock: Clock = {
  ...system,
  // Every transaction asks for its time once, as the first thing it does.
  iso() {
    if (reached('write')) die();
    if (reached('written')) queueMicrotask(die);
    return system.iso();
  },
};
const heard =
  (level: string) =>
  (message: string, fields: Record<string, unknown> = {}): void => {
    if (message === 'git' && reached('git')) die();
    if (kind === 'log' && message.includes(when)) die();
    if (level === 'error' || level === 'warn') say({ log: `${level}: ${message} ${JSON.stringify(fields)}` });
  };
const log: Log = {
  debug: heard('debug'),
  info: heard('info'),
  warn: heard('warn'),
  error: heard('error'),
};
const say = (line: object): void => {
  process.stdout.write(JSON.stringify(line) + '\n');
};

const scope = createScope('doomed host');
const started = await startRuntime({
  host: 'headless',
  version: '0.0.0',
  dataDir,
  installation: findInstallation(),
  env: process.env,
  clock,
  log,
  scope,
});
if (!started.ok) {
  say({ refused: started.error.tag });
  await scope.close();
  process.exitCode = 1;
} else {
  const call = createDirectCall(started.value.dispatch, { name: 'owner', channel: 'cli' });
  started.value.work();
  say({ ready: true });
  const answer = async (line: string): Promise<void> => {
    const { id, name, input } = JSON.parse(line) as { id: number; name: string; input: unknown };
    say({ id, reply: await (call as (name: string, input: unknown) => Promise<unknown>)(name, input) });
  };
  for await (const line of createInterface({ input: process.stdin }))
    answer(line).catch((error: unknown) => {
      say({ log: `error: an operation threw ${String(error)}` });
    });
  await scope.close();
}
