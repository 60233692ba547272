import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok, unwrap } from '../../shared/result.ts';
import { createScope } from '../../shared/scope.ts';
import { outputEvent, type Executor, type ExecutorCommand, type TurnContext } from '../executor.ts';
import { createExecutorRegistry } from '../registry.ts';
import type { TurnClass } from '../runner.ts';
import { createShellExecutor } from '../shell/shell-executor.ts';
import {
  alivePids,
  createCollector,
  createRunnerIn,
  createTestRoom,
  type TestRoom,
} from '../testing/test-room.ts';

/** An agent program made of a shell script, as much of one as a test says. */
function scripted(
  script: string,
  more: Partial<Executor> & { command?: Executor['command'] } = {},
): Executor {
  const shell = createShellExecutor();
  return {
    ...shell,
    name: 'scripted',
    label: 'Scripted',
    command: () => ok(commandOf(script)),
    ...more,
  };
}

function commandOf(script: string, more: Partial<ExecutorCommand> = {}): ExecutorCommand {
  return { program: '/bin/sh', args: ['-c', script], env: {}, stdin: 'prompt', files: [], ...more };
}

let room: TestRoom;
let executors: Executor[];
beforeEach(() => {
  executors = [];
  room = createTestRoom({
    executors: {
      list: () => executors,
      get: (name) => createExecutorRegistry(executors).get(name),
    },
    env: { PATH: process.env['PATH'], HOME: '/nowhere', AGENT_KEY: 'owners-own-key-1', AGENT_MODE: 'fast' },
  });
});
afterEach(() => room.dispose());

it('gives a program its private files, readable to the owner alone, and takes them away when the turn is over', async () => {
  let folder = '';
  executors.push(
    scripted('', {
      command: (order, at) => {
        folder = at.folder;
        const file = join(at.folder, 'nested/config.json');
        return ok(
          commandOf(`cat; cat "$CONFIG"; stat -c %a "$CONFIG" "${at.folder}"`, {
            env: { CONFIG: file },
            files: [{ path: 'nested/config.json', text: `{"for":"${order.runId}"}` }],
          }),
        );
      },
    }),
  );
  const collector = createCollector();
  const order = room.order('', { executor: 'scripted', prompt: 'Do it.\n' });
  const turn = unwrap(await room.runner.start(order, collector));
  expect((await turn.ended).class).toBe('ok');
  expect(collector.lines()).toEqual(['Do it.', `{"for":"${order.runId}"}600`, '700']);
  expect(existsSync(folder)).toBe(false);
  expect(statSync(turn.record.spool).isDirectory()).toBe(true);
});

it('lets an account stand in for the sign-in of the owner, and shows its key nowhere', async () => {
  const key = 'plain words that look like no key at all';
  const script =
    'echo "mode $AGENT_MODE"; echo "key $AGENT_KEY"; cat; echo "{\\"homer\\":\\"message\\",\\"text\\":\\"I use $AGENT_KEY\\"}"; ' +
    'echo "token $HOMER_MCP_TOKEN"; exit 3';
  executors.push(
    scripted(script, {
      passEnv: ['AGENT_MODE'],
      signInEnv: ['AGENT_KEY'],
      command: () => ok(commandOf(script, { stdin: 'nothing' })),
    }),
  );
  const run = async (account: Parameters<typeof room.order>[1]) => {
    const collector = createCollector();
    const turn = unwrap(
      await room.runner.start(room.order('', { executor: 'scripted', ...account }), collector),
    );
    return { ending: await turn.ended, collector, spool: turn.record.spool };
  };
  const own = await run({});
  expect(own.collector.lines()).toContain('key owners-own-key-1');
  const other = await run({
    account: { id: 'a1', label: 'Second', env: { AGENT_KEY: key }, home: '/homes/a1' },
    mcp: {
      program: 'node',
      args: ['homer.js'],
      socket: '/data/agents.sock',
      token: 'a token of this run alone',
      digest: 'd',
    },
  });
  expect(other.collector.lines()).toEqual(['mode fast', 'key [redacted]', 'token [redacted]']);
  expect(JSON.stringify([other.collector.collected, other.ending])).not.toContain(key);
  expect(other.ending.message).toContain('I use [redacted]');
  const written = readdirSync(other.spool).filter((name) => name !== 'stdout');
  for (const name of written) expect(readFileSync(join(other.spool, name), 'utf8')).not.toContain(key);
});

it('ends a program of which its parser expects nothing good any more, and takes the parser at its word', async () => {
  const mark = `7${String(process.pid)}`;
  const parsed: TurnClass = 'rate_limited';
  executors.push(
    scripted('', {
      command: () =>
        ok(commandOf(`echo working; while :; do echo "429, trying again"; sleep 0.0${mark}; done`)),
      createParser(turn) {
        const shell = createShellExecutor().createParser(turn);
        return {
          line(line, emit) {
            emit(outputEvent(turn.step, line));
            return line.text.startsWith('429') ? 'over' : undefined;
          },
          ending: (exit) => ({ ...shell.ending(exit), class: parsed, resetsAt: '2030-01-01T00:00:00.000Z' }),
        };
      },
    }),
  );
  const turn = unwrap(await room.runner.start(room.order('', { executor: 'scripted' }), createCollector()));
  expect(await turn.ended).toMatchObject({ class: 'rate_limited', resetsAt: '2030-01-01T00:00:00.000Z' });
  expect(alivePids(mark)).toEqual([]);
});

it('tells a parser of a later host which session the turn goes on with, and what was told of it', async () => {
  const contexts: TurnContext[] = [];
  executors.push(
    scripted('echo one; sleep 0.4; echo two', {
      createParser(turn) {
        contexts.push(turn);
        return createShellExecutor().createParser(turn);
      },
    }),
  );
  const reported = { tokensIn: 10, tokensOut: 2, tokensCached: 3, costMicroUsd: null };
  const collector = createCollector();
  const order = room.order('', { executor: 'scripted', sessionId: 's-1', reported });
  const turn = unwrap(await room.runner.start(order, collector));
  turn.detach();
  const scope = createScope('a later host');
  const later = createRunnerIn(join(room.folder, 'spool'), scope, {
    executors: createExecutorRegistry(executors),
  });
  const adopted = unwrap(await later.adopt(turn.record, { stdout: 0, stderr: 0 }, createCollector()));
  expect((await adopted.ended).class).toBe('ok');
  await scope.close();
  expect(contexts).toHaveLength(2);
  expect(contexts[1]).toEqual(contexts[0]);
  expect(contexts[1]).toMatchObject({ sessionId: 's-1', reported, worktree: room.worktree });
});

it('leaves nothing behind of a turn whose command cannot be made or whose program is missing', async () => {
  executors.push(
    scripted('', { name: 'broken', command: () => fail('no_model', 'It has no model.') }),
    scripted('', { name: 'gone', command: () => ok({ ...commandOf(''), program: 'no-such-program-here' }) }),
  );
  for (const [executor, tag] of [
    ['broken', 'no_model'],
    ['gone', 'program_missing'],
  ] as const) {
    const order = room.order('', { executor });
    const started = await room.runner.start(order, createCollector());
    expect(started).toMatchObject({ ok: false, error: { tag } });
    expect(readdirSync(join(room.folder, 'spool', order.runId))).toEqual([]);
  }
});

it('links what a program keeps elsewhere into the folder of the turn, and leaves it where it is afterwards', async () => {
  const kept = join(room.folder, 'kept');
  let folder = '';
  executors.push(
    scripted('', {
      command: (_, at) => {
        folder = at.folder;
        return ok(
          commandOf(`echo one >"${at.folder}/home/sessions/a"`, {
            links: [{ path: 'home/sessions', to: kept, folder: true }],
          }),
        );
      },
    }),
  );
  const turn = unwrap(await room.runner.start(room.order('', { executor: 'scripted' }), createCollector()));
  expect((await turn.ended).class).toBe('ok');
  expect(readFileSync(join(kept, 'a'), 'utf8')).toBe('one\n');
  expect(existsSync(folder)).toBe(false);
});

it('takes a code that names a signal no process ends by for the program’s own', async () => {
  for (const [script, exit] of [
    ['exit 145', { exitCode: 145, signal: null }],
    ['exit 173', { exitCode: 173, signal: null }],
    ['kill -TERM $$', { exitCode: null, signal: 'SIGTERM' }],
  ] as const) {
    executors.splice(0, executors.length, scripted(script));
    const turn = unwrap(await room.runner.start(room.order('', { executor: 'scripted' }), createCollector()));
    expect(await turn.ended).toMatchObject(exit);
  }
});
