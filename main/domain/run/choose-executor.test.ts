import { expect, it } from 'vitest';
import { unwrap } from '../../shared/result.ts';
import { chooseExecutor, type ExecutorState } from './choose-executor.ts';
import { executorTableText, readExecutorTable } from './task-type.ts';

const state = (name: string, more: Partial<ExecutorState> = {}): [string, ExecutorState] => [
  name,
  { name, label: name.toUpperCase(), ready: true, signedIn: 'yes', hasAccounts: false, waits: null, ...more },
];
const known = (...states: [string, ExecutorState][]) => new Map(states);
const table = unwrap(readExecutorTable(executorTableText));

it('takes the first of the row that is there and signed in, and says why the ones before it were passed over', () => {
  expect(chooseExecutor('code', table.code, known(state('codex'), state('claude')))).toMatchObject({
    executor: 'codex',
    why: 'CODEX takes it, chosen because it is the first for code.',
  });
  expect(
    chooseExecutor('code', table.code, known(state('codex', { signedIn: 'no' }), state('claude'))),
  ).toMatchObject({
    executor: 'claude',
    why: 'CLAUDE takes it, chosen because it is the first for code that can take it (CODEX: not signed in).',
  });
});

it('takes a program that is signed in by an account of its own, or of which nobody knows', () => {
  expect(
    chooseExecutor('code', ['codex'], known(state('codex', { signedIn: 'no', hasAccounts: true }))).executor,
  ).toBe('codex');
  expect(chooseExecutor('code', ['codex'], known(state('codex', { signedIn: 'unknown' }))).executor).toBe(
    'codex',
  );
});

it('passes over what waits for an account, and waits for the first that is back when nothing else can', () => {
  const late = state('codex', { waits: { why: 'Work is rate limited.', until: 2_000 } });
  const soon = state('claude', { waits: { why: 'Home is rate limited.', until: 1_000 } });
  expect(chooseExecutor('code', table.code, known(late, state('claude'))).executor).toBe('claude');
  expect(chooseExecutor('code', table.code, known(late, soon)).waits).toEqual({
    why: 'Home is rate limited.',
    until: 1_000,
  });
});

it('says what is wrong with each, and where to change it, when nothing can be used', () => {
  const { waits } = chooseExecutor('code', table.code, known(state('claude', { signedIn: 'no' })));
  expect(waits?.until).toBeNull();
  expect(waits?.why).toContain('codex: not found; CLAUDE: not signed in');
  expect(waits?.why).toContain('agents.by_task');
  expect(chooseExecutor('research', [], known()).waits?.why).toContain('No executor is named for research');
});

it('reads the table as it is written, and refuses what it does not know', () => {
  expect(unwrap(readExecutorTable('research: gemini , claude ;'))).toEqual({
    code: [],
    research: ['gemini', 'claude'],
    long_documents: [],
    local: [],
  });
  for (const text of [
    'poetry: claude',
    'code claude',
    'code: auto',
    'code: a, a',
    'code: a; code: b',
    'code: A/b',
  ])
    expect(readExecutorTable(text), text).toMatchObject({ ok: false, error: { tag: 'invalid_input' } });
});
