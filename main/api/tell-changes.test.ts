import { describe, expect, test } from 'vitest';
import type { RunEvent, RunEventType } from '../domain/run/run-event.ts';
import type { Checkpoint } from '../domain/run/run.ts';
import { tellChanges } from './tell-changes.ts';

let seq = 0;
const event = (type: RunEventType, payload: RunEvent['payload']): RunEvent => ({
  seq: (seq += 1),
  type,
  payload,
  createdAt: '2026-11-21T10:00:00.000Z',
});
const step = (number: number, changedPaths: string[], more: Partial<Checkpoint> = {}): Checkpoint => ({
  runId: 'run',
  step: number,
  attempt: 1,
  stage: '',
  result: 'done',
  changedPaths,
  policyOk: true,
  policyViolations: [],
  test: null,
  sessionId: null,
  commit: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  ...more,
});

describe('the story of a change', () => {
  test('names each step, by what the agent said first where it is only numbered', () => {
    const events = [
      event('step_started', { step: 1, of: 9, title: 'Split the scheduler' }),
      event('step_started', { step: 2, of: 9, title: 'Step 2' }),
      event('message', { step: 2, text: 'Now the tests. They were thin.' }),
      event('step_started', { step: 3, of: 9, title: 'Step 3' }),
    ];
    const { steps } = tellChanges(
      events,
      [step(3, ['c']), step(1, ['a']), step(2, ['b', 'c']), step(4, [])],
      null,
    );
    expect(steps.map(({ title, paths }) => [title, paths])).toEqual([
      ['Split the scheduler', ['a']],
      ['Now the tests.', ['b', 'c']],
      ['Step 3', ['c']],
    ]);
  });

  test('puts what was said before an edit beside its file, with the lines it wrote', () => {
    const events = [
      event('message', { step: 1, text: 'Stop intake first.\nTASK_STATE: DONE' }),
      event('tool_call', { step: 1, id: '1', tool: 'Read', input: { file_path: '/w/src/b.ts' } }),
      event('tool_call', {
        step: 1,
        id: '2',
        tool: 'Edit',
        input: { file_path: '/w/src/a.ts', old_string: 'x', new_string: '  stopIntake();\n}' },
      }),
      event('file_change', { step: 1, path: 'src/a.ts', change: 'modified', additions: 1, deletions: 1 }),
      event('message', { step: 1, text: 'Then the test.' }),
      event('file_change', { step: 1, path: 'test/a.test.ts', change: 'added', additions: 9, deletions: 0 }),
    ];
    expect(tellChanges(events, [], '/w').words.map(({ path, text, lines }) => [path, text, lines])).toEqual([
      ['src/a.ts', 'Stop intake first.', ['stopIntake();']],
      ['test/a.test.ts', 'Then the test.', []],
    ]);
  });

  test('takes no words for what was counted after the step, or for another stage', () => {
    const change = { step: 1, path: 'a', change: 'added', additions: 1, deletions: 0 };
    const events = [
      event('message', { step: 1, stage: 'api', text: 'I did the API.' }),
      event('file_change', { ...change, stage: 'ui' }),
      event('policy_checked', { step: 1, stage: 'api', ok: true, changedPaths: ['a'], violations: [] }),
      event('file_change', { ...change, stage: 'api' }),
    ];
    expect(tellChanges(events, [], null).words).toEqual([]);
  });
});
