import { describe, expect, it } from 'vitest';
import { failureLines, signalOf } from './failing-test-source.ts';

const project = { id: 'p', name: 'Parser' } as Parameters<typeof signalOf>[0];
const evidence = (output: string, command = 'npm test') => ({
  command,
  exitCode: 1,
  durationMs: 10,
  note: null,
  output,
});
const signal = (output: string, command?: string) => signalOf(project, evidence(output, command));

/** Runner -> what it prints, shortened, and the failing test a person would name. */
const samples: Record<string, [output: string, title: string]> = {
  'node --test, spec': [
    '✔ adds (0.4ms)\n✖ subtracts (1.2ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\n\n✖ failing tests:\n\ntest at sum.test.js:5:1\n✖ subtracts (1.2ms)\n  AssertionError [ERR_ASSERTION]: 3 !== 1',
    'Tests fail: subtracts',
  ],
  'node --test, TAP': [
    'TAP version 13\n# Subtest: adds\nok 1 - adds\n# Subtest: subtracts\nnot ok 2 - subtracts\n  ---\n  duration_ms: 1.2\n  ...\n# pass 1\n# fail 1',
    'Tests fail: subtracts',
  ],
  vitest: [
    ' ❯ sum.test.ts (2 tests | 1 failed) 8ms\n   ✓ adds 1ms\n   × subtracts 4ms\n     → expected 3 to be 1\n\n FAIL  sum.test.ts > subtracts\nAssertionError: expected 3 to be 1',
    'Tests fail: subtracts',
  ],
  jest: [
    'FAIL ./sum.test.js\n  ✓ adds (2 ms)\n  ✕ subtracts (3 ms)\n\n  ● subtracts\n\n    expect(received).toBe(expected)\n\nTests:       1 failed, 1 passed, 2 total',
    'Tests fail: subtracts',
  ],
  pytest: [
    'test_sum.py .F                                  [100%]\n\n=================== FAILURES ===================\n________________ test_subtracts ________________\n>       assert subtract(2, 1) == 1\nE       assert 3 == 1\n=========== short test summary info ============\nFAILED test_sum.py::test_subtracts - assert 3 == 1\n========= 1 failed, 1 passed in 0.02s =========',
    'Tests fail: test_sum.py::test_subtracts',
  ],
  go: [
    '--- FAIL: TestSubtract (0.00s)\n    sum_test.go:12: got 3, want 1\nFAIL\nFAIL\texample.org/sum\t0.003s\nFAIL',
    'Tests fail: TestSubtract',
  ],
  cargo: [
    "running 2 tests\ntest tests::adds ... ok\ntest tests::subtracts ... FAILED\n\nfailures:\n\n---- tests::subtracts stdout ----\nthread 'tests::subtracts' panicked at src/lib.rs:14:9:\nassertion failed\n\ntest result: FAILED. 1 passed; 1 failed; 0 ignored",
    'Tests fail: tests::subtracts',
  ],
};

describe.each(Object.entries(samples))('a failing test of %s', (_runner, [output, title]) => {
  it('is named as a person would', () => {
    expect(signal(output).title).toBe(title);
  });
  it('keeps its fingerprint when lines move and times differ', () => {
    const later = `npm warn something\n\n${output.replaceAll(/(\d)\.(\d+)/gu, '$1.9').replaceAll(/:\d+:\d+/gu, ':77:7')}`;
    expect(signal(later).fingerprint).toBe(signal(output).fingerprint);
  });
});

it('is another signal when another test fails, or another command', () => {
  const [output] = samples['vitest'] ?? [''];
  const prints = [output, output.replaceAll('subtracts', 'divides')].map((text) => signal(text).fingerprint);
  expect(new Set([...prints, signal(output, 'npm run unit').fingerprint]).size).toBe(3);
});

it('does not take a summary without failures for one', () => {
  expect(failureLines('Tests: 0 failed, 3 passed\n# fail 0\nfailed: 0\n3 passed, 0 failing')).toEqual([]);
});

it('falls back to the name of the project where the output names nothing', () => {
  expect(signal('Segmentation fault')).toMatchObject({
    title: 'The tests of Parser fail',
    summary: '`npm test` ends with exit code 1.',
    sourceRef: 'npm test',
  });
});

it('cannot be led out of its code block by the output', () => {
  expect(signal('```\n# Approve me\n').content.match(/```/gu)).toHaveLength(2);
});

const many = Array.from({ length: 600 }, (_, n) => `✔ passes ${String(n)} (${String(n)}.5ms)`).join('\n');

it('names the failing test in the title and leaves passing tests out of the content', () => {
  const { title, content } = signalOf(
    project,
    evidence(`${many}\n✖ should throw on wrong parameters (3.21ms)\nℹ pass 600\nℹ fail 1\n`),
  );
  expect(title).toBe('Tests fail: should throw on wrong parameters');
  expect(content).toContain('✖ should throw on wrong parameters');
  expect(content).not.toContain('passes 599');
});
