/* eslint-disable house/no-wall-clock -- it measures */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createScope } from '../../shared/scope.ts';
import { createRunnerIn, orderIn } from './test-room.ts';

/** `flood-host.ts SPOOL WORKTREE COMMAND`: runs one turn and prints what it cost, as JSON. */
const [spoolRoot = '', worktree = '', command = ''] = process.argv.slice(2);
const scope = createScope('flood host');
const runner = createRunnerIn(spoolRoot, scope);
// A first turn loads and compiles what every turn needs; its memory is the base.
const quiet = { recordChild: () => undefined, events: () => undefined };
const warm = await runner.start(orderIn(worktree, 'echo warm'), quiet);
if (warm.ok) await warm.value.ended;
const base = process.memoryUsage.rss();
// What the machine does to any busy process now: slices of 8 ms, as reading has them, for half a second.
const busy = monitorEventLoopDelay({ resolution: 2 });
busy.enable();
for (const until = performance.now() + 500; performance.now() < until;) {
  for (const from = performance.now(); performance.now() - from < 8;);
  await new Promise((resolve) => setImmediate(resolve));
}
busy.disable();
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
let characters = 0;
let events = 0;
let batches = 0;
const began = performance.now();
const started = await runner.start(orderIn(worktree, command), {
  recordChild: () => undefined,
  events(batch) {
    batches += 1;
    events += batch.length;
    for (const event of batch) if (event.type === 'output') characters += event.payload.text.length;
  },
});
if (!started.ok) throw new Error(started.error.message);
const ending = await started.value.ended;
delay.disable();
const peak = process.resourceUsage().maxRSS * 1024;
const result = {
  ms: Math.round(performance.now() - began),
  baseMb: Math.round(base / 1e6),
  peakMb: Math.round(peak / 1e6),
  busyP99Ms: Math.round(busy.percentile(99) / 1e5) / 10,
  loopP99Ms: Math.round(delay.percentile(99) / 1e5) / 10,
  loopMaxMs: Math.round(delay.max / 1e5) / 10,
  characters,
  events,
  batches,
  class: ending.class,
  taskState: ending.taskState,
};
process.stdout.write(JSON.stringify(result) + '\n');
await scope.close();
