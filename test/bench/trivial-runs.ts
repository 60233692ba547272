import { execa } from 'execa';
import { createRunnerIn, orderIn } from '../../main/agents/testing/test-room.ts';
import { createScope } from '../../main/shared/scope.ts';
import { figure, type Figure } from './figure.ts';
import { scratch } from './host.ts';

const AT_ONCE = 8;
const ROUNDS = 5;

/** Turns of an agent that does nothing, eight at once, through the local runner; beside execa starting the same program. */
export async function benchTrivialRuns(): Promise<Figure[]> {
  const place = scratch('trivial');
  const scope = createScope('bench');
  const runner = createRunnerIn(`${place.folder}/spool`, scope);
  const quiet = { recordChild: () => undefined, events: () => undefined };
  const turn = async (command: string): Promise<void> => {
    const started = await runner.start(orderIn(place.folder, command), quiet);
    if (!started.ok) throw new Error(started.error.message);
    const { class: ended } = await started.value.ended;
    if (ended !== 'ok') throw new Error(`the turn ended as ${ended}`);
  };
  const figures: Figure[] = [];
  for (const [command, times, least] of [
    ['/bin/true', 120, 0.6],
    ['node -e 0', 24, 0.9],
  ] as const) {
    const [program = '', ...args] = command.split(' ');
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const bare = await rate(times, () => execa(program, args));
      const homer = await rate(times, () => turn(command));
      // The first round warms both up.
      if (round === 0) continue;
      theirs.push(bare);
      ours.push(homer);
    }
    figures.push(
      figure({
        name: `turns of \`${command}\`, eight at once`,
        unit: 'turns/s',
        values: ours,
        baselines: theirs,
        against: 'execa starting the same program, eight at once',
        goal: `at least ${String(least)} of it`,
        met: (value, baseline) => value >= least * baseline,
        note: 'each turn has a gate, a spool, a wrapper with its guard, and ends with a look for what it left',
      }),
    );
  }
  await scope.close();
  place.remove();
  return figures;
}

async function rate(times: number, work: () => Promise<unknown>): Promise<number> {
  let begun = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (begun < times) {
        begun += 1;
        await work();
      }
    }),
  );
  return times / ((performance.now() - began) / 1_000);
}
