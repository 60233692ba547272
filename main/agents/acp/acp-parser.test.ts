import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createGeminiParser } from '../gemini/gemini-parser.ts';
import { readLines, sampleLines, sampleTurn } from '../testing/recorded-turn.ts';
import { createAcpParser } from './acp-parser.ts';
import { createSpokenParser } from '../driver/spoken-parser.ts';

const samples = join(import.meta.dirname, 'samples');
const parser = () => createAcpParser(sampleTurn, 'The agent');
const read = (name: string, code: number | null = 0) =>
  readLines(parser(), sampleLines(samples, name), { code });
const SHELL = 'cp README.md copy.md && sh -c "echo yes > allowed.txt"';
const update = (of: object): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'session/update', params: { sessionId: 's', update: of } });
const answered = (result: object): string => JSON.stringify({ homer: 'answered', result });
const said = (text: string): string =>
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });

it('tells what Gemini CLI said and used, and that it succeeded', () => {
  const { ending, types } = read('gemini-text');
  expect(types).toEqual(['message', 'usage']);
  expect(ending).toMatchObject({
    class: 'ok',
    taskState: 'done',
    message: 'Hello from the model server.\n\nTASK_STATE: DONE',
    sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    model: 'gemini-2.5-flash',
    tokensIn: 1_000,
    tokensOut: 50,
    costMicroUsd: null,
  });
});

it('tells which file was made, by its path in the worktree', () => {
  const { events, types } = read('gemini-edit');
  expect(types).toEqual(['message', 'tool_call', 'tool_result', 'file_change', 'message', 'usage']);
  expect(events.find(({ type }) => type === 'file_change')).toMatchObject({
    payload: { path: 'made.txt', change: 'added', additions: 2 },
  });
});

it('shows the call that was asked about once, with its command, and how it went', () => {
  const { events, told } = read('gemini-allowed');
  expect(events.find(({ type }) => type === 'tool_call')).toMatchObject({
    payload: { tool: 'run_shell_command', input: { command: SHELL } },
  });
  expect(told('tool_call', 'id')).toHaveLength(1);
  expect(told('tool_result', 'ok')).toEqual([true]);
});

it('counts both answers of a turn in which the agent was told why it was denied', () => {
  const { ending, told } = read('gemini-denied');
  expect(ending).toMatchObject({ class: 'ok', tokensIn: 3_000, tokensOut: 150 });
  expect(told('output', 'text').join()).toContain('Not this one.');
});

it('names a refused key, and a limit of the program’s own', () => {
  expect(read('gemini-401', 1).ending).toMatchObject({
    class: 'auth',
    message: expect.stringContaining('invalid'),
  });
  expect(read('gemini-loop').ending.class).toBe('turn_limit');
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
