import { appendFileSync } from 'node:fs';
import { createSystemClock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { createRunnerIn, orderIn } from './test-room.ts';

/**
 * A host to be killed: `crash-host.ts SPOOL WORKTREE LEDGER COMMAND [gate|BYTES]`. It appends what it would store to LEDGER, one JSON
 * line at a time; with `gate` it kills itself after the child was spawned and before its gate opens. A number keeps that many bytes of output.
 */
const [spoolRoot = '', worktree = '', ledger = '', command = '', at = ''] = process.argv.slice(2);
const store = (entry: object): void => appendFileSync(ledger, JSON.stringify(entry) + '\n');
const scope = createScope('crash host');
const started = await createRunnerIn(spoolRoot, scope, {
  clock: createSystemClock(),
  ...(Number(at) > 0 ? { limits: () => ({ outputBytes: Number(at), quietMs: 0, noOutputMs: 0 }) } : {}),
}).start(orderIn(worktree, command), {
  recordChild(record) {
    store({ record });
    if (at === 'gate') process.kill(process.pid, 'SIGKILL');
  },
  events: (events, offsets) => store({ events, offsets }),
});
if (!started.ok) throw new Error(started.error.message);
store({ ending: await started.value.ended });
await scope.close();
