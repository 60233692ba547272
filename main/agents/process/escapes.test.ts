import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../shared/result.ts';
import { alivePids, createCollector, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';
import { GRACE_MS } from './local-runner.ts';

/** Nothing is alive this long after a stop: with the runner's own grace, not one for tests. */
const LIMIT_MS = 2_000;
let room: TestRoom;
let mark: string;
beforeEach(() => {
  room = createTestRoom();
  mark = `5${String(process.pid)}${String(Math.floor(Math.random() * 1_000))}`;
});
afterEach(async () => {
  expect(alivePids(mark)).toEqual([]);
  await room.dispose();
});

/** Starts the script, waits until it has made `up`, stops it and tells how long that took. */
async function stop(lines: readonly string[], settleMs = 0): Promise<number> {
  const runner = createTestRoom({ graceMs: GRACE_MS });
  const script = join(room.worktree, 'work.sh');
  writeFileSync(script, ['m=$1', ...lines].join('\n'));
  const order = { ...room.order(`sh work.sh ${mark}`) };
  const turn = unwrap(await runner.runner.start(order, createCollector()));
  await until(() => existsSync(join(room.worktree, 'up')));
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  expect(alivePids(mark).length).toBeGreaterThan(2);
  const began = performance.now();
  await turn.end('cancelled');
  const took = performance.now() - began;
  expect(alivePids(mark)).toEqual([]);
  expect((await turn.ended).class).toBe('cancelled');
  await runner.dispose();
  return took;
}

/** The least of some tries, each of which leaves nothing: the rest is what else the machine was doing. */
async function quickest(lines: readonly string[], settleMs = 0): Promise<number> {
  let least = Infinity;
  for (let tries = 0; tries < 5 && least >= LIMIT_MS; tries += 1) {
    rmSync(join(room.worktree, 'up'), { force: true });
    least = Math.min(least, await stop(lines, settleMs));
  }
  return least;
}

/** A process without the tag: `env -i` clears the environment, so programs are named in full. */
const CLEARED = `env -i "$(command -v setsid)" /bin/sh -c`;

const ESCAPES: Record<string, readonly string[]> = {
  'ignores SIGTERM in every process': [`trap '' TERM`, 'sleep $m & sleep $m & touch up', 'sleep $m'],
  'loses its parent': ['(sleep $m & sleep $m &)', 'touch up', 'wait; sleep $m'],
  'forks twice into a session of its own and ignores SIGTERM': [
    `(setsid sh -c 'trap "" TERM HUP; sleep '$m'; sleep '$m &)`,
    'sleep 0.2; touch up; sleep $m',
  ],
  'clears its tag and leaves the session, with its output open': [
    `(${CLEARED} "exec /bin/sleep $m" &)`,
    'sleep 0.2; touch up; sleep $m',
  ],
  'clears its tag, leaves the session and closes its output, with its parent alive': [
    `${CLEARED} "exec /bin/sleep $m" >/dev/null 2>&1 </dev/null &`,
    'sleep 0.2; touch up; sleep $m',
  ],
  'forks again and again in its group': [
    `trap '' TERM`,
    'i=0; while [ $i -lt 400 ]; do sleep $m & i=$((i+1)); [ $i = 40 ] && touch up; done',
    'sleep $m',
  ],
  'forks again and again into new sessions': [
    'i=0; while [ $i -lt 400 ]; do setsid sleep $m & i=$((i+1)); [ $i = 40 ] && touch up; done',
    'sleep $m',
  ],
};

describe('a stop leaves nothing of a child that', () => {
  it.each(Object.entries(ESCAPES))('%s', async (_name, lines) => {
    expect(await quickest(lines)).toBeLessThan(LIMIT_MS);
  });

  it('clears its tag, leaves the session, closes its output and then loses its parent, once it was seen', async () => {
    const took = await quickest(
      [
        `sh -c '${CLEARED} "exec /bin/sleep $1" >/dev/null 2>&1 </dev/null & sleep 1' x $m &`,
        'touch up; sleep $m',
      ],
      1_500,
    );
    expect(took).toBeLessThan(LIMIT_MS);
  });

  it('is a chain of processes that each make the next in a new session and go', async () => {
    const chain = join(room.worktree, 'chain.sh');
    writeFileSync(
      chain,
      `trap '' TERM HUP\n[ $2 -lt 4000 ] || exit\n[ $2 = 10 ] && touch up\nsetsid sh "$0" $1 $(($2+1)) &\n`,
    );
    expect(await quickest([`sh chain.sh $m 1`, 'sleep $m'])).toBeLessThan(LIMIT_MS);
  });
});
