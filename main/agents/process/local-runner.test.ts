import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../shared/result.ts';
import { createCollector, createTestRoom, until, type TestRoom } from '../testing/test-room.ts';

let room: TestRoom;
beforeEach(() => {
  room = createTestRoom({ env: { ...process.env, SECRET_OF_THE_HOST: 'x', ANTHROPIC_API_KEY: 'y' } });
});
afterEach(async () => {
  expect(room.scope.held()).toEqual([]);
  await room.dispose();
});

describe('a turn of the local runner', () => {
  it('gives the prompt on standard input and in a file, in the worktree', async () => {
    const seen = createCollector();
    const order = room.order('cat; cmp "$HOMER_PROMPT_FILE" - < "$HOMER_PROMPT_FILE" && echo same; pwd');
    const turn = unwrap(await room.runner.start(order, seen));
    expect((await turn.ended).class).toBe('ok');
    expect(seen.lines()).toEqual(['Fix the sum.', 'same', room.worktree]);
  });

  it('keeps the environment of the host from the child', async () => {
    const seen = createCollector();
    const order = room.order('env');
    await unwrap(await room.runner.start(order, seen)).ended;
    const names = seen.lines().map((line) => line.split('=')[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        'PATH',
        'HOMER_RUN_ID',
        'HOMER_RUN_KEY',
        'HOMER_STEP',
        'HOMER_ATTEMPT',
        'HOMER_TAG',
      ]),
    );
    expect(seen.lines()).toContain(`HOMER_TAG=${order.runId}:1:1`);
    expect(seen.lines()).toContain('TERM=dumb');
    expect(names).not.toContain('SECRET_OF_THE_HOST');
    expect(names).not.toContain('ANTHROPIC_API_KEY');
  });

  it('tells exit code, signal, task state and the last words', async () => {
    const end = async (command: string) =>
      unwrap(await room.runner.start(room.order(command), createCollector())).ended;
    expect(await end('echo working; echo "TASK_STATE: DONE"')).toMatchObject({
      class: 'ok',
      exitCode: 0,
      signal: null,
      taskState: 'done',
      message: 'working',
    });
    expect(await end('echo "TASK_STATE: BLOCKED: Which port?"')).toMatchObject({
      taskState: 'blocked',
      message: 'Which port?',
    });
    expect(await end('echo out; echo "no such table" >&2; exit 3')).toMatchObject({
      class: 'crashed',
      exitCode: 3,
      taskState: 'none',
      message: 'The command ended with exit code 3.\nno such table',
    });
    expect(await end('kill -SEGV $$')).toMatchObject({ class: 'crashed', exitCode: null, signal: 'SIGSEGV' });
    const missing = await end('no-such-program-here');
    expect(missing).toMatchObject({ class: 'crashed', exitCode: 127 });
    expect(missing.message).toContain('did not find a program');
  });

  it('shows new output of a child that goes on within 150 ms', async () => {
    const fifo = join(room.worktree, 'go.fifo');
    execFileSync('mkfifo', [fifo]);
    const delays: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const seen = createCollector();
      const turn = unwrap(
        await room.runner.start(room.order('echo ready; read x < go.fifo; date +%s%N; sleep 30'), seen),
      );
      await until(() => seen.lines().includes('ready'));
      writeFileSync(fifo, 'go\n');
      await until(() => seen.lines().length === 2);
      delays.push(Date.now() - Number(seen.lines()[1]) / 1e6);
      await turn.end('cancelled');
      await turn.ended;
    }
    expect(delays.sort((a, b) => a - b)[2]).toBeLessThan(150);
  });

  it('joins lines that come together, redacted, and strips what a terminal would act on', async () => {
    const seen = createCollector();
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const script = join(room.worktree, 'print.sh');
    // The token is written in two goes, so that it is cut by a read.
    writeFileSync(
      script,
      `printf '\\033[31mred\\033[0m \\033]0;title\\007\\nkey ${token.slice(0, 12)}'; sleep 0.2; printf '${token.slice(12)} end\\n10%%\\r99%%\\nlast'`,
    );
    await unwrap(await room.runner.start(room.order('sh print.sh'), seen)).ended;
    expect(seen.lines()).toEqual(['red ', 'key [redacted] end', '99%', 'last']);
    expect(seen.offsets().stdout).toBe(statSync(join(seen.records[0]!.spool, 'stdout')).size);
  });

  it('turns lines of the small protocol into events and everything else into output', async () => {
    const seen = createCollector();
    const lines = [
      '{"homer":"file_change","path":"a.js","change":"modified","additions":1,"deletions":2}',
      '{"homer":"tool_call","id":"1","tool":"edit","input":{"password":"hunter2","n":[1]}}',
      '{"homer":"message","text":"Almost there"}',
      '{"homer":"usage","tokensIn":5,"tokensOut":7}',
      '{"homer":"usage","tokensIn":"many"}',
      '{"homer":"status_changed","from":"a","to":"b"}',
      '{"homer":',
    ];
    writeFileSync(join(room.worktree, 'lines'), lines.join('\n') + '\n');
    const turn = unwrap(await room.runner.start(room.order('cat lines'), seen));
    expect(await turn.ended).toMatchObject({ message: 'Almost there', tokensIn: 5, tokensOut: 7 });
    expect(seen.collected.slice(0, 4)).toEqual([
      {
        type: 'file_change',
        payload: { step: 1, path: 'a.js', change: 'modified', additions: 1, deletions: 2 },
      },
      {
        type: 'tool_call',
        payload: { step: 1, id: '1', tool: 'edit', input: { password: '[redacted]', n: [1] } },
      },
      { type: 'message', payload: { step: 1, text: 'Almost there' } },
      {
        type: 'usage',
        payload: { step: 1, tokensIn: 5, tokensOut: 7, tokensCached: 0, costMicroUsd: null },
      },
    ]);
    expect(seen.lines()).toEqual(lines.slice(4));
  });

  it('offers a batch again when the store refused it, and loses nothing', async () => {
    const seen = createCollector();
    let refusals = 2;
    const turn = unwrap(
      await room.runner.start(room.order('echo one; echo two'), {
        ...seen,
        events(events, offsets) {
          refusals -= 1;
          if (refusals >= 0) throw new Error('disk full');
          seen.events(events, offsets);
        },
      }),
    );
    await turn.ended;
    expect(seen.lines()).toEqual(['one', 'two']);
  });

  it('says once when output passes the cap, keeps nothing more, and still understands the ending', async () => {
    const limits = { outputBytes: 60_000, quietMs: 0, noOutputMs: 0 };
    const small = createTestRoom({ limits: () => limits });
    const seen = createCollector();
    const turn = unwrap(
      await small.runner.start(small.order('yes line | head -c 100000; echo; echo "TASK_STATE: DONE"'), seen),
    );
    expect((await turn.ended).taskState).toBe('done');
    const capped = seen.collected.filter((event) => event.type === 'output_capped');
    expect(capped).toHaveLength(1);
    expect(capped[0]!.payload).toMatchObject({ step: 1, limitBytes: 60_000 });
    expect(seen.lines().length).toBeLessThan(12_100);
    expect(seen.offsets().stdout).toBeGreaterThan(100_000);
    await small.dispose();
  });

  it('ends a turn that would fill the disk', async () => {
    const limits = { outputBytes: 500_000, quietMs: 0, noOutputMs: 0 };
    const small = createTestRoom({ limits: () => limits });
    const turn = unwrap(
      await small.runner.start(small.order('yes | head -c 50000000; sleep 60'), createCollector()),
    );
    const ending = await turn.ended;
    expect(ending.class).toBe('flooded');
    expect(ending.message).toContain('printed more');
    await small.dispose();
  });

  it('goes on reading when the program cuts its own output, as a shell does with >/dev/stderr', async () => {
    const seen = createCollector();
    const turn = unwrap(
      await room.runner.start(
        room.order(
          'i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo "a long line before the cut $i" >&2; done; sleep 0.3; echo cut >/dev/stderr; sleep 0.3; echo after >&2; echo "TASK_STATE: DONE"',
        ),
        seen,
      ),
    );
    expect((await turn.ended).taskState).toBe('done');
    expect(seen.lines().filter((line) => !line.startsWith('a long'))).toEqual(
      expect.arrayContaining(['cut', 'after', 'TASK_STATE: DONE']),
    );
    expect(seen.lines().filter((line) => line.startsWith('a long'))).toHaveLength(50);
    // A host that comes later reads what is there, and understands the ending.
    const again = createCollector();
    const adopted = unwrap(await room.runner.adopt(turn.record, seen.offsets(), again));
    expect((await adopted.ended).taskState).toBe('done');
  });

  it('notices the end of a command whose leftovers go on printing', async () => {
    const turn = unwrap(
      await room.runner.start(
        room.order(`(yes ${'long '.repeat(200)} | head -c 300000000) & sleep 0.05`),
        createCollector(),
      ),
    );
    expect(await turn.ended).toMatchObject({ class: 'ok', exitCode: 0 });
  });

  it('keeps the spool to the owner', async () => {
    const seen = createCollector();
    await unwrap(await room.runner.start(room.order('true'), seen)).ended;
    const { spool } = seen.records[0]!;
    expect(statSync(spool).mode & 0o077).toBe(0);
    for (const name of ['prompt', 'stdout', 'stderr', 'child.json']) {
      expect(statSync(join(spool, name)).mode & 0o077).toBe(0);
    }
  });
});

describe('an order that cannot be started', () => {
  it('is refused with a tag, a sentence and what to do', async () => {
    const start = async (command: string, more: object = {}) => {
      const result = await room.runner.start(room.order(command, more), createCollector());
      if (result.ok) throw new Error('it started');
      expect(result.error.message).not.toBe('');
      expect(result.error.hint).toBeTruthy();
      return result.error.tag;
    };
    expect(await start('true', { worktree: join(room.folder, 'gone') })).toBe('worktree_missing');
    expect(await start('true', { executor: 'claude' })).toBe('executor_unknown');
    expect(await start('  ')).toBe('shell_command_missing');
    const other = createTestRoom({ platform: 'win32' });
    const refused = await other.runner.start(other.order('true'), createCollector());
    expect(refused).toMatchObject({ ok: false, error: { tag: 'unsupported_platform' } });
    await other.dispose();
  });

  it('is refused when the spool cannot be written', async () => {
    const file = join(room.folder, 'a file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    const other = createTestRoom({ spoolRoot: join(file, 'spool') });
    const refused = await other.runner.start(other.order('true'), createCollector());
    expect(refused).toMatchObject({ ok: false, error: { tag: 'spool_unusable' } });
    await other.dispose();
  });

  it('never runs when it could not be recorded', async () => {
    const mark = join(room.worktree, 'ran');
    const refused = await room.runner.start(room.order('touch ran'), {
      recordChild() {
        throw new Error('disk full');
      },
      events: () => undefined,
    });
    expect(refused).toMatchObject({ ok: false, error: { tag: 'child_not_recorded' } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(existsSync(mark)).toBe(false);
  });

  it('is recorded, on disk too, before its command runs', async () => {
    let ranBefore = true;
    let onDisk = '';
    const turn = unwrap(
      await room.runner.start(room.order('touch ran'), {
        recordChild(record) {
          const from = performance.now();
          // Long enough for a child without a gate to have run.
          while (performance.now() - from < 100);
          ranBefore = existsSync(join(room.worktree, 'ran'));
          onDisk = readFileSync(join(record.spool, 'child.json'), 'utf8');
          expect(JSON.parse(onDisk).record).toEqual(record);
        },
        events: () => undefined,
      }),
    );
    await turn.ended;
    expect(ranBefore).toBe(false);
    expect(existsSync(join(room.worktree, 'ran'))).toBe(true);
  });
});
