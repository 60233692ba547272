import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createGeminiParser } from '../gemini/gemini-parser.ts';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createAcpParser } from './acp-parser.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';

const samples = join(import.meta.dirname, 'samples');
const parser = () => createAcpParser(sampleTurn, 'The agent');
const read = (name: string, code: number | null = 0) =>
  readLines(
    createAcpParser(sampleTurn, 'The agent', { useComes: name.startsWith('opencode') }),
    sampleLines(samples, name),
    { code },
  );
const SHELL = 'cp README.md copy.md && sh -c "echo yes > allowed.txt"';
const update = (of: object): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'session/update', params: { sessionId: 's', update: of } });
const answered = (result: object): string => JSON.stringify({ homer: 'answered', result });
const said = (text: string): string =>
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });

it.each([
  ['gemini', { tokensIn: 1_000, tokensCached: 0, costMicroUsd: null, model: 'gemini-2.5-flash' }],
  ['opencode', { tokensIn: 800, tokensCached: 200, costMicroUsd: 1_070, model: 'test/model' }],
  ['qwen', { tokensIn: 800, tokensCached: 200, costMicroUsd: null }],
])('tells what %s said and used, and that it succeeded', (program, used) => {
  const { ending, told } = read(`${program}-text`);
  expect(told('message', 'text')).toEqual(['Hello from the model server.\n\nTASK_STATE: DONE']);
  expect(ending).toMatchObject({ class: 'ok', taskState: 'done', ...used });
  expect(ending.sessionId).not.toBeNull();
  expect(ending.tokensOut).toBe(50);
});

it.each(['gemini', 'opencode'])('tells which file %s made, by its path in the worktree', (program) => {
  const { events, types } = read(`${program}-edit`);
  expect(types.filter((type) => type !== 'usage')).toEqual([
    'message',
    'tool_call',
    'tool_result',
    'file_change',
    'message',
  ]);
  expect(events.find(({ type }) => type === 'file_change')).toMatchObject({
    payload: { path: 'made.txt', additions: 2 },
  });
});

it.each([
  ['gemini', 'run_shell_command'],
  ['opencode', 'bash'],
  ['qwen', 'run_shell_command'],
])('shows the call that %s asked about once, with its command, and how it went', (program, tool) => {
  const { events, told } = read(`${program}-allowed`);
  expect(events.find(({ type }) => type === 'tool_call')).toMatchObject({
    payload: { tool, input: { command: SHELL } },
  });
  expect(told('tool_call', 'id')).toHaveLength(1);
  expect(told('tool_result', 'ok')).toEqual([true]);
});

it.each(['gemini', 'opencode', 'qwen'])('reads on after %s was told why it was denied', (program) => {
  const { ending, told } = read(`${program}-denied`);
  expect(ending).toMatchObject({ class: 'ok', taskState: 'done' });
  expect(told('output', 'text').join()).toContain('Not this one.');
});

it.each(['gemini', 'opencode', 'qwen'])('names the refused key of %s', (program) => {
  expect(read(`${program}-401`, 1).ending).toMatchObject({
    class: 'auth',
    message: expect.stringContaining('invalid api key'),
  });
});

it('names a limit of the program’s own, and ends a program that has none', () => {
  expect(read('gemini-loop').ending.class).toBe('turn_limit');
  const limited = readLines(
    createAcpParser(sampleTurn, 'The agent', { turnLimit: 1 }),
    sampleLines(samples, 'opencode-allowed'),
  );
  expect([limited.over, limited.ending.class]).toEqual([true, 'turn_limit']);
});

it('counts what the driver was told of the whole turn, and what answers told where nothing comes', () => {
  const reading = () => createAcpParser(sampleTurn, 'The agent', { useComes: true });
  const lines = [
    said('Done.'),
    answered({ stopReason: 'end_turn', usage: { inputTokens: 5, outputTokens: 1 } }),
  ];
  expect(readLines(reading(), lines).ending).toMatchObject({ class: 'ok', tokensIn: 5, tokensOut: 1 });
  const of = {
    tokensIn: 9,
    tokensOut: 2,
    tokensCached: 3,
    tokensCacheWrite: 0,
    tokensReasoning: 0,
    costMicroUsd: 7,
  };
  expect(readLines(reading(), [...lines, JSON.stringify({ homer: 'used', of })]).ending).toMatchObject(of);
});

it.each([
  ['no word', [], 'end_turn', 'no_result'],
  ['a refusal', [said('No.')], 'refusal', 'refused'],
  ['a limit on calls', [said('So far.')], 'max_turn_requests', 'turn_limit'],
  ['a cut answer', [said('So f')], 'max_tokens', 'no_result'],
  ['a reason nobody knows', [said('Hm.')], 'of another version', 'no_result'],
  ['words before its last tool alone', [said('I try.'), update(ended('c1'))], 'end_turn', 'no_result'],
])('an answer with %s is no success', (_, before, stopReason, kind) => {
  expect(readLines(parser(), [...before, answered({ stopReason })]).ending.class).toBe(kind);
});

function ended(toolCallId: string): object {
  return { sessionUpdate: 'tool_call_update', toolCallId, kind: 'read', title: 'Read', status: 'completed' };
}

it('reads an ending without any answer as no result, or as a crash', () => {
  expect(readLines(parser(), [said('Working.')], 0).ending.class).toBe('no_result');
  expect(readLines(parser(), [['stderr', 'out of memory']], 134).ending).toMatchObject({
    class: 'crashed',
    message: expect.stringContaining('out of memory'),
  });
});

it.each([
  ['resume', -32_603, 'Internal error: No previous sessions found for this project.', 'session_unknown'],
  ['resume', -32_603, 'Internal error: connect ECONNREFUSED', 'network'],
  ['session', -32_000, 'Authentication required.', 'auth'],
  ['session', -32_603, 'Internal error', 'crashed'],
  ['prompt', 429, 'Slow down.', 'rate_limited'],
  ['prompt', -32_603, 'Internal error: rate limit reached', 'rate_limited'],
])('a failure at the %s of code %i “%s” is %s', (at, code, message, kind) => {
  const line = JSON.stringify({ homer: 'failed', at, code, message });
  expect(readLines(parser(), [line], 1).ending.class).toBe(kind);
});

it('puts pieces of an answer together, and thoughts apart', () => {
  const thought = { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'Let me see.' } };
  const { events } = readLines(parser(), [
    update(thought),
    said('One '),
    said('two.'),
    answered({ stopReason: 'end_turn' }),
  ]);
  expect(events).toMatchObject([
    { type: 'reasoning', payload: { text: 'Let me see.' } },
    { type: 'message', payload: { text: 'One two.' } },
  ]);
});

it('reads a turn without the protocol by the program’s own parser, and says when it had to', () => {
  const both = () =>
    createSpokenParser(sampleTurn, 'Gemini CLI', {
      acp: () => createAcpParser(sampleTurn, 'Gemini CLI'),
      plain: () => createGeminiParser(sampleTurn),
    });
  const plain = sampleLines(join(import.meta.dirname, '..', 'gemini', 'samples'), 'text');
  expect(readLines(both(), plain).ending.class).toBe('ok');
  const { events, ending } = readLines(both(), [
    '{"homer":"acp","version":1}',
    ['stderr', 'Unknown argument: acp'],
    '{"homer":"plain","why":"the program ended with exit code 1"}',
    ...plain,
  ]);
  expect(ending.class).toBe('ok');
  expect(events.filter(({ type }) => type === 'error')).toMatchObject([
    {
      payload: { tag: 'cannot_ask', message: expect.stringContaining('the program ended with exit code 1') },
    },
  ]);
  expect(readLines(both(), sampleLines(samples, 'gemini-text')).ending.class).toBe('ok');
});
