import { spawn } from 'node:child_process';
import { createRunnerIn, orderIn } from '../../main/agents/testing/test-room.ts';
import { createScope } from '../../main/shared/scope.ts';
import { createRuntimeRoom } from '../runtime/runtime-room.ts';
import { figure, type Figure } from './figure.ts';
import { scratch } from './host.ts';

const STEPS = 15;
const CHILDREN = 8;
const ROUNDS = 5;
/** Prints its one event and goes on for a while, so that the event is seen while it works; then ends without another. */
const AGENT = 'echo working; sleep 0.3; echo x >>sum.txt; echo "TASK_STATE: DONE"';

/** What Homer adds to a step of an agent, and what a running child costs its host. */
export async function benchAgents(): Promise<Figure[]> {
  const first: number[] = [];
  const bare: number[] = [];
  const last: number[] = [];
  const bareEnd: number[] = [];
  const room = await createRuntimeRoom();
  for (let step = 0; step <= STEPS; step += 1) {
    const id = await room.run(AGENT, { runType: 'task' });
    await room.reaches(id, 'review');
    const { events } = await room.did('run.events', { id, limit: 5_000 });
    const at = (type: string, pick: 0 | -1): number =>
      Date.parse(events.filter((event) => event.type === type).at(pick)?.createdAt ?? '');
    const direct = await bareAgent();
    await room.did('run.discard', { id });
    // The first warms both up.
    if (step === 0) continue;
    first.push(at('output', 0) - at('child_started', 0));
    last.push(at('checkpoint', -1) - at('output', -1));
    bare.push(direct.firstMs);
    bareEnd.push(direct.endMs);
  }
  await room.dispose();
  return [
    figure({
      name: 'prompt to first event of a step',
      unit: 'ms',
      values: first,
      baselines: bare,
      against: 'the same command started directly, to its first byte',
      goal: 'at most 20 ms more',
      met: (value, baseline) => value - baseline <= 20,
    }),
    figure({
      name: 'last event to checkpoint of a step',
      unit: 'ms',
      values: last,
      baselines: bareEnd,
      against: 'the same command started directly, from its last byte to its end',
      goal: 'at most 20 ms more',
      met: (value, baseline) => value - baseline <= 20,
      note: 'with the sweep of what the agent left, the path policy over the worktree and the commit of the checkpoint by git',
    }),
    await memoryOfChildren(),
  ];
}

function bareAgent(): Promise<{ firstMs: number; endMs: number }> {
  const began = performance.now();
  const child = spawn('/bin/sh', ['-c', AGENT.replace('>>sum.txt', '>/dev/null')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let firstMs = 0;
  let lastAt = began;
  child.stdout.on('data', () => {
    lastAt = performance.now();
    if (firstMs === 0) firstMs = lastAt - began;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve({ firstMs, endMs: performance.now() - lastAt }));
  });
}

/** Resident memory of the host with and without children that have printed and now work on in silence. */
async function memoryOfChildren(): Promise<Figure> {
  const place = scratch('agents');
  const scope = createScope('bench');
  const runner = createRunnerIn(`${place.folder}/spool`, scope);
  const each: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = process.memoryUsage.rss();
    const turns = await Promise.all(
      Array.from({ length: CHILDREN }, async () => {
        let seen: () => void = () => undefined;
        const printed = new Promise<void>((resolve) => (seen = resolve));
        const started = await runner.start(orderIn(place.folder, 'seq 1 2000; sleep 60'), {
          recordChild: () => undefined,
          events: () => seen(),
        });
        if (!started.ok) throw new Error(started.error.message);
        await printed;
        return started.value;
      }),
    );
    const added = process.memoryUsage.rss() - before;
    await Promise.all(turns.map((turn) => turn.end('cancelled')));
    if (round > 0) each.push(Math.max(0, added) / CHILDREN / 1024 / 1024);
  }
  await scope.close();
  place.remove();
  return figure({
    name: 'memory of the host for each running child',
    unit: 'MB',
    values: each,
    baselines: [0],
    against: 'the host without it',
    goal: 'at most 5 MB',
    met: (value) => value <= 5,
  });
}
