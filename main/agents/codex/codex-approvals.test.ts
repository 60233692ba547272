import { expect, it } from 'vitest';
import type { DoorReply, DoorRequest } from '../../domain/agent/tools.ts';
import { createCodexApprovals } from './codex-approvals.ts';

function start(...replies: DoorReply[]) {
  const asked: DoorRequest[] = [];
  const told: string[] = [];
  const stop = new AbortController();
  const approvals = createCodexApprovals({
    ask: (request) => {
      asked.push(request);
      return Promise.resolve(replies.shift() ?? { state: 'denied', text: 'No.' });
    },
    cancelled: stop.signal,
    tell: (text) => Promise.resolve(told.push(text)),
  });
  return { approvals, asked, told, stop, inputs: () => asked.map(({ input }) => input) };
}
const ALLOWED: DoorReply = { state: 'allowed' };
const COMMAND = 'item/commandExecution/requestApproval';

it('asks for a command outside of the sandbox with what the agent wants it for', async () => {
  const { approvals, inputs, told } = start(ALLOWED);
  const params = { kind: 'command', command: 'make install', reason: 'To have it.', itemId: 'i' };
  expect(await approvals.answer(COMMAND, params)).toEqual({ decision: 'accept' });
  expect(inputs()).toEqual([
    { tool_name: 'shell', input: { command: 'make install', outside: true, note: 'To have it.' } },
  ]);
  expect(told).toEqual([]);
});

it('tells the agent why something was denied, a few times in a turn and not once it is stopped', async () => {
  const { approvals, told, stop } = start({ state: 'denied', text: 'Not this one.' });
  expect(await approvals.answer(COMMAND, { command: 'ls' })).toEqual({ decision: 'decline' });
  expect(told).toEqual(['You may not run that command outside of the sandbox: Not this one.']);
  for (let again = 0; again < 10; again += 1) await approvals.answer(COMMAND, { command: 'ls' });
  expect(told).toHaveLength(5);
  const stopped = start();
  stopped.stop.abort();
  await stopped.approvals.answer(COMMAND, { command: 'ls' });
  expect([stopped.told, stop.signal.aborted]).toEqual([[], false]);
});

it('asks for the files of a change that it was told of before, moved ones by both names', async () => {
  const { approvals, inputs } = start(ALLOWED);
  const changes = [
    { path: '/a.txt', kind: { type: 'add' } },
    { path: '/b.txt', kind: { type: 'update', move_path: '/c.txt' } },
  ];
  approvals.heed('item/started', { item: { type: 'fileChange', id: 'i', changes } });
  await approvals.answer('item/fileChange/requestApproval', { itemId: 'i', reason: null, grantRoot: '/d' });
  expect(inputs()).toEqual([
    { tool_name: 'apply_patch', input: { paths: ['/a.txt', '/b.txt', '/c.txt', '/d'] } },
  ]);
});

it('asks for a tool of another server by its own input, and fills in no form', async () => {
  const { approvals, inputs } = start(ALLOWED);
  const _meta = { codex_approval_kind: 'mcp_tool_call', tool_name: 'poke', tool_params: { path: 'x' } };
  const asks = { serverName: 'mine', mode: 'form', message: 'Allow it?' };
  expect(await approvals.answer('mcpServer/elicitation/request', { ...asks, _meta })).toMatchObject({
    action: 'accept',
  });
  expect(inputs()).toEqual([{ tool_name: 'mine/poke', input: { path: 'x' } }]);
  expect(await approvals.answer('mcpServer/elicitation/request', asks)).toMatchObject({ action: 'decline' });
});

it('puts its questions to the owner, but for secrets, and grants permissions for the turn alone', async () => {
  const { approvals, asked } = start({ state: 'done', text: 'Blue.' }, ALLOWED);
  const questions = [
    { id: 'q1', question: 'Which?', options: [{ label: 'Blue', description: 'as the sky' }] },
    { id: 'q2', question: 'The password?', isSecret: true },
  ];
  expect(await approvals.answer('item/tool/requestUserInput', { questions })).toEqual({
    answers: { q1: { answers: ['Blue.'] }, q2: { answers: [] } },
  });
  expect(asked[0]).toMatchObject({ tool: 'ask_owner', input: { question: 'Which?\n- Blue: as the sky' } });
  const permissions = { network: { enabled: true }, fileSystem: null };
  expect(await approvals.answer('item/permissions/requestApproval', { permissions })).toEqual({
    permissions,
    scope: 'turn',
  });
  expect(approvals.answer('attestation/generate', {})).toBeUndefined();
});
