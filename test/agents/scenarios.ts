import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alivePids, until } from '../../main/agents/testing/test-room.ts';
import { FAKE_KEY } from './agent-program.ts';
import { plannerReplyJsonSchema, readReply } from '../../main/domain/proposal/planner-reply.ts';
import type { AgentRoom, EndedTurn } from './room.ts';

const PLAN = JSON.stringify({
  steps: ['Read it', 'Change it'],
  effort: 'small',
  risk: 'low',
  files: ['README.md'],
  testCommand: '',
  estimate: { tokens: null, minutes: 5, costUsd: null },
  questions: [],
});

/** What every program must do. A scenario throws when it does not; what it gives is shown in the table. */
export interface AgentScenario {
  readonly name: string;
  readonly what: string;
  run(room: AgentRoom): Promise<string>;
}

export const scenarios: readonly AgentScenario[] = [
  {
    name: 'text',
    what: 'a plain answer',
    async run(room) {
      const { ending, events } = await room.run({ name: 'text' });
      expect(ending.class, 'ok', ending.message);
      expect(ending.taskState, 'done');
      ensure(ending.message.includes('Hello from the model server.'), `said ${ending.message}`);
      ensure(ending.sessionId !== null, 'told no session');
      ensure(ending.tokensIn + ending.tokensCached >= 1_000 && ending.tokensOut >= 50, 'told no tokens');
      ensure(!JSON.stringify([events, ending]).includes(FAKE_KEY), 'showed the key');
      return `${String(ending.tokensIn)}+${String(ending.tokensCached)} in, ${String(ending.tokensOut)} out`;
    },
  },
  {
    name: 'plan',
    what: 'a turn that only reads and answers in a form',
    async run(room) {
      const reading = { schema: plannerReplyJsonSchema };
      const before = room.server.seen.length;
      const { ending } = await room.run({ name: 'form', text: PLAN }, { reading, riskProfile: 'trusted' });
      expect(ending.class, 'ok', ending.message);
      const reply = readReply(ending.message, { testCommand: '', task: 'plan' });
      ensure(reply.ok, `gave no plan: ${ending.message.slice(0, 200)}`);
      expect(reply.value.plan?.steps.join(), 'Read it,Change it');
      await room.run({ name: 'edit', file: 'planned.txt', text: PLAN }, { reading, riskProfile: 'trusted' });
      ensure(!existsSync(join(room.worktree, 'planned.txt')), 'wrote a file while it planned');
      // What stands in the conversation is no schema.
      const asked = room.server.seen
        .slice(before)
        .map(({ body }) => JSON.stringify({ ...(body as object), messages: [], input: [], contents: [] }));
      const native = asked.some((body) => body.includes('costUsd'));
      return native ? 'with its own schema' : 'by its prompt alone';
    },
  },
  {
    name: 'edit',
    what: 'a tool call that writes a file',
    async run(room) {
      const { ending, events } = await room.run({
        name: 'edit',
        file: 'new.txt',
        content: 'from the tool\n',
      });
      expect(ending.class, 'ok', ending.message);
      expect(readFileSync(join(room.worktree, 'new.txt'), 'utf8').trim(), 'from the tool');
      ensure(has(events, 'tool_call') && has(events, 'tool_result'), 'showed no tool call');
      return events
        .map(({ type }) => type)
        .filter((type) => type.startsWith('tool') || type === 'file_change')
        .join(' ');
    },
  },
  {
    name: '429_then_ok',
    what: 'two refusals by 429, then an answer',
    async run(room) {
      const { ending, events } = await room.run({ name: 'limited', times: 2, retryAfter: 1 });
      expect(ending.class, 'ok', ending.message);
      return `${String(events.filter(({ type }) => type === 'retry').length)} retries shown`;
    },
  },
  {
    name: '429_for_good',
    what: '429 without an end',
    async run(room) {
      const { ending } = await room.run({ name: 'limited', retryAfter: 1 });
      expect(ending.class, 'rate_limited', ending.message);
      return `after ${String(ending.durationMs)} ms`;
    },
  },
  {
    name: '401',
    what: 'a key that is refused',
    async run(room) {
      const { ending } = await room.run({ name: 'unauthorised' });
      expect(ending.class, 'auth', ending.message);
      return `after ${String(ending.durationMs)} ms`;
    },
  },
  {
    name: 'hang_and_cancel',
    what: 'a silent server, then a stop',
    async run(room) {
      const before = room.server.seen.length;
      const startedAt = performance.now();
      const { turn } = await room.start({ name: 'hang' });
      await until(() => room.server.seen.length > before, 60_000);
      const began = performance.now();
      await turn.end('cancelled');
      expect((await turn.ended).class, 'cancelled');
      const ms = Math.round(performance.now() - began);
      ensure(ms <= 3_000, `took ${String(ms)} ms to end`);
      // On a busy machine the start is the longer part by far.
      return `asked the model after ${String(Math.round(began - startedAt))} ms, gone after ${String(ms)} ms`;
    },
  },
  {
    name: 'cancel_in_tool',
    what: 'a stop while a tool has a process in a session of its own',
    async run(room) {
      const seconds = `98${String(process.pid).slice(-4)}`;
      const command = `setsid sh -c "sleep ${seconds} & sleep ${seconds}" & sleep ${seconds}`;
      const { turn } = await room.start({ name: 'shell', command }, { riskProfile: 'trusted' });
      await until(() => alivePids(`sleep\0${seconds}`).length >= 2, 60_000);
      const began = performance.now();
      await turn.end('cancelled');
      expect((await turn.ended).class, 'cancelled');
      expect(alivePids(`sleep\0${seconds}`).length, 0, 'left processes behind');
      return `nothing left after ${String(Math.round(performance.now() - began))} ms`;
    },
  },
  {
    name: 'dropped_stream',
    what: 'a connection that breaks while it answers',
    async run(room) {
      const { ending } = await room.run({ name: 'drop' });
      expect(ending.class, 'network', ending.message);
      return `after ${String(ending.durationMs)} ms`;
    },
  },
  {
    name: 'resume',
    what: 'a second turn of the same session',
    async run(room) {
      const first = (await room.run({ name: 'text' })).ending;
      const second = (
        await room.run({ name: 'text' }, { sessionId: first.sessionId, reported: first.reported })
      ).ending;
      expect(second.class, 'ok', second.message);
      expect(second.sessionId, first.sessionId, 'another session');
      // What it used itself, not the sum of both.
      expect(second.tokensOut, first.tokensOut, 'output of another turn');
      expect(
        second.tokensIn + second.tokensCached,
        first.tokensIn + first.tokensCached,
        'input of another turn',
      );
      const asked = JSON.stringify(room.server.seen.at(-1)?.body);
      ensure(asked.includes('Hello from the model server.'), 'the second turn knew nothing of the first');
      return `${String(second.tokensIn)}+${String(second.tokensCached)} in, ${String(second.tokensOut)} out`;
    },
  },
  {
    name: 'resume_after_stop',
    what: 'a session whose last turn was stopped',
    async run(room) {
      const first = (await room.run({ name: 'text' })).ending;
      const seen = room.server.seen.length;
      const { turn } = await room.start({ name: 'hang' }, { sessionId: first.sessionId });
      await until(() => room.server.seen.length > seen, 60_000);
      await turn.end('cancelled');
      const stopped = await turn.ended;
      const again = { sessionId: stopped.sessionId ?? first.sessionId, reported: first.reported };
      const last = (await room.run({ name: 'text' }, again)).ending;
      expect(last.class, 'ok', last.message);
      const asked = JSON.stringify(room.server.seen.at(-1)?.body);
      ensure(asked.includes('Hello from the model server.'), 'it knew nothing of what was said before');
      return `${stopped.sessionId === null ? 'told no session' : 'told its session'} when it was stopped`;
    },
  },
  {
    name: 'resume_unknown',
    what: 'a session that the program does not know',
    async run(room) {
      const { ending } = await room.run(
        { name: 'text' },
        { sessionId: '99999999-2222-4333-8444-555555555555' },
      );
      expect(ending.class, 'session_unknown', ending.message);
      return ending.message.split('\n').at(-1) ?? '';
    },
  },
  {
    name: 'permission',
    what: 'what a strict project does not allow is refused',
    async run(room) {
      const file = join(room.outside, 'must-not-be.txt');
      const command = `touch '${file}'`;
      const { ending, events } = await room.run({ name: 'shell', command }, { riskProfile: 'strict' });
      ensure(!existsSync(file), 'wrote outside of the worktree');
      ensure(
        ending.class === 'ok' || ending.class === 'refused',
        `ended as ${ending.class}: ${ending.message}`,
      );
      // The same command does its work where the project trusts its agent.
      await room.run({ name: 'shell', command }, { riskProfile: 'trusted' });
      ensure(existsSync(file), 'was refused in a trusted project as well');
      const told = events.findLast((event) => event.type === 'tool_result' || event.type === 'error');
      if (told?.type === 'tool_result')
        return told.payload.output.split('\n')[0]!.slice(0, 80) || 'failed silently';
      return told?.type === 'error'
        ? told.payload.message.slice(0, 80)
        : 'not done, and nothing was said of it';
    },
  },
  {
    name: 'budget_resumed',
    what: 'a limit on cost holds for its own turn, not for all that its session cost before',
    async run(room) {
      const work = { name: 'edit', tokens: 100_000 } as const;
      const { ending: first } = await room.run({ ...work, file: 'a.txt' });
      const cost = first.costMicroUsd ?? 0;
      ensure(cost > 0, 'told no cost');
      const again = { sessionId: first.sessionId, reported: first.reported };
      const limit = (costLeftMicroUsd: number) => ({ ...again, costLeftMicroUsd });
      // More than the turn needs, less than both together.
      const { ending: second } = await room.run({ ...work, file: 'b.txt' }, limit(Math.round(cost * 1.25)));
      expect(second.class, 'ok', second.message);
      const { ending: third } = await room.run({ ...work, file: 'c.txt' }, limit(Math.round(cost / 10)));
      expect(third.class, 'turn_limit', third.message);
      const dollars = (of: typeof first): string => ((of.costMicroUsd ?? 0) / 1e6).toFixed(3);
      return `${dollars(first)} first, ${dollars(second)} within its own limit, ${dollars(third)} over it`;
    },
  },
  {
    name: 'turn_limit',
    what: 'a limit on calls of the model',
    async run(room) {
      const { ending } = await room.run({ name: 'loop' }, { turnLimit: 2, timeLimitMs: 60_000 });
      expect(ending.class, 'turn_limit', ending.message);
      return `${String(ending.tokensOut)} out`;
    },
  },
];

function has(events: EndedTurn['events'], type: string): boolean {
  return events.some((event) => event.type === type);
}

function expect<T>(found: T, wanted: T, note = ''): void {
  ensure(
    found === wanted,
    `${String(found)} instead of ${String(wanted)}${note === '' ? '' : `: ${note.slice(0, 300)}`}`,
  );
}

function ensure(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
