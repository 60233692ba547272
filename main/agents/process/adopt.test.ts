import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewRunEvent } from '../../domain/run/run-event.ts';
import { unwrap } from '../../shared/result.ts';
import type { ChildRecord, SpoolOffsets, TurnEnding } from '../runner.ts';
import { alivePids, createCollector, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';

let room: TestRoom;
let ledger: string;
beforeEach(() => {
  room = createTestRoom();
  ledger = join(room.folder, 'ledger');
});
afterEach(() => room.dispose());

interface Entry {
  record?: ChildRecord;
  events?: NewRunEvent[];
  offsets?: SpoolOffsets;
  ending?: TurnEnding;
}
/** What the killed host had stored: whole lines of its ledger. */
function stored(): Entry[] {
  if (!existsSync(ledger)) return [];
  return readFileSync(ledger, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line): Entry => JSON.parse(line));
}

function startHost(command: string, at = ''): { kill(): Promise<void>; gone: Promise<void> } {
  const script = join(import.meta.dirname, '../testing/crash-host.ts');
  const host = spawn(
    process.execPath,
    [script, join(room.folder, 'spool'), room.worktree, ledger, command, at],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const gone = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  return {
    gone,
    kill: async () => {
      host.kill('SIGKILL');
      await gone;
    },
  };
}

function outputOf(entries: readonly Entry[]): string[] {
  return entries
    .flatMap((entry) => entry.events ?? [])
    .flatMap((event) => (event.type === 'output' ? event.payload.text.split('\n') : []));
}

/** 400 numbered lines in about 1.2 s, every tenth cut in two by a pause. */
const COUNT =
  'i=0; while [ $i -lt 400 ]; do i=$((i+1)); printf "li"; [ $((i%10)) = 0 ] && sleep 0.02; echo "ne $i"; done; echo "TASK_STATE: DONE"; echo x >> ran';
const ALL = [...Array.from({ length: 400 }, (_, i) => `line ${String(i + 1)}`), 'TASK_STATE: DONE'];

describe('a host that is killed', () => {
  it('before the gate of a child opens has started nothing', async () => {
    const host = startHost('touch ran', 'gate');
    await host.gone;
    const record = stored()[0]!.record!;
    await until(() => !existsSync(`/proc/${String(record.identity.pid)}`) || isZombie(record.identity.pid));
    expect(existsSync(join(room.worktree, 'ran'))).toBe(false);
    const adopted = await room.runner.adopt(record, { stdout: 0, stderr: 0 }, createCollector());
    expect(adopted).toMatchObject({ ok: false, error: { tag: 'child_gone' } });
  });

  it.each([20, 150, 300, 500, 700])(
    'while its child works loses and doubles no line (%i ms after the first output)',
    async (ms) => {
      const host = startHost(COUNT);
      await until(() => outputOf(stored()).length > 0);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await host.kill();
      const before = stored();
      const record = before[0]!.record!;
      const offsets = before.at(-1)!.offsets!;
      const seen = createCollector();
      const turn = unwrap(await room.runner.adopt(record, offsets, seen));
      expect(await turn.ended).toMatchObject({ class: 'ok', exitCode: 0, taskState: 'done' });
      expect([...outputOf(before), ...seen.lines()]).toEqual(ALL);
      expect(readFileSync(join(room.worktree, 'ran'), 'utf8')).toBe('x\n');
      expect(room.scope.held()).toEqual([]);
    },
  );

  it('and whose child ended meanwhile leaves the ending to be adopted', async () => {
    const host = startHost('echo first; sleep 0.5; echo last; echo "TASK_STATE: CONTINUE"; exit 7');
    await until(() => outputOf(stored()).length > 0);
    await host.kill();
    const record = stored()[0]!.record!;
    await until(() => existsSync(join(record.spool, 'ending.json')));
    const seen = createCollector();
    const turn = unwrap(await room.runner.adopt(record, stored().at(-1)!.offsets!, seen));
    const ending = await turn.ended;
    expect(ending).toMatchObject({ class: 'crashed', exitCode: 7, taskState: 'continue' });
    expect(ending.durationMs).toBeGreaterThan(450);
    expect(ending.durationMs).toBeLessThan(3_000);
    expect(seen.lines()).toEqual(['last', 'TASK_STATE: CONTINUE']);
  });

  it('counts the usage of the whole turn when it is adopted, not only of its rest', async () => {
    const usage = '{"homer":"usage","tokensIn":10}';
    const host = startHost(`echo '${usage}'; sleep 0.7; echo '${usage}'`);
    await until(() => stored().some((entry) => entry.events));
    await host.kill();
    const seen = createCollector();
    const turn = unwrap(await room.runner.adopt(stored()[0]!.record!, stored().at(-1)!.offsets!, seen));
    expect((await turn.ended).tokensIn).toBe(20);
    expect(seen.collected).toHaveLength(1);
  });

  it('leaves a child that can be adopted and ended', async () => {
    const mark = `8${String(process.pid)}${String(Math.floor(Math.random() * 1_000))}`;
    const host = startHost(`echo up; (setsid sleep ${mark} &); sleep ${mark}`);
    await until(() => outputOf(stored()).length > 0);
    await host.kill();
    const turn = unwrap(
      await room.runner.adopt(stored()[0]!.record!, stored().at(-1)!.offsets!, createCollector()),
    );
    await turn.end('cancelled');
    expect((await turn.ended).class).toBe('cancelled');
    expect(alivePids(mark)).toEqual([]);
  });

  it('and whose child was killed as well finds it lost while adopted, or gone', async () => {
    const host = startHost('echo up; sleep 60');
    await until(() => outputOf(stored()).length > 0);
    await host.kill();
    const record = stored()[0]!.record!;
    const turn = unwrap(await room.runner.adopt(record, { stdout: 0, stderr: 0 }, createCollector()));
    process.kill(-record.identity.group, 'SIGKILL');
    expect((await turn.ended).class).toBe('lost');
    const again = await room.runner.adopt(record, { stdout: 0, stderr: 0 }, createCollector());
    expect(again).toMatchObject({ ok: false, error: { tag: 'child_gone' } });
  });
});

describe('a host that lets go', () => {
  it('leaves the child to work and to be adopted by the next', async () => {
    const seen = createCollector();
    const turn = unwrap(await room.runner.start(room.order(COUNT), seen));
    await until(() => seen.lines().length > 10);
    turn.detach();
    const offsets = seen.offsets();
    const before = seen.lines();
    const rest = createCollector();
    const adopted = unwrap(await room.runner.adopt(turn.record, offsets, rest));
    expect((await adopted.ended).class).toBe('ok');
    expect(seen.lines()).toEqual(before);
    expect([...before, ...rest.lines()]).toEqual(ALL);
    rmSync(turn.record.spool, { recursive: true });
  });
});

function isZombie(pid: number): boolean {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
