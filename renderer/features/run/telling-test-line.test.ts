import { expect, test } from 'vitest';
import { tellingTestLine } from './telling-test-line.ts';

const nodeTest = `✔ adds up the lines (0.6ms)
✖ joins every word with a dash (7.46ms)
✖ leaves out what does not belong (0.62ms)
ℹ tests 3
ℹ pass 1
ℹ fail 2

✖ failing tests:

✖ joins every word with a dash (7.46ms)
  AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:
    actual: 'blue mug',
  }
`;

test('names the first failing test, and says how many more there are', () => {
  expect(tellingTestLine(nodeTest, false)).toBe('joins every word with a dash · and 1 more');
  expect(tellingTestLine('test cart::adds ... ok\ntest cart::refuses ... FAILED\n', false)).toBe(
    'cart::refuses',
  );
  expect(tellingTestLine('--- FAIL: TestTotal (0.00s)\nFAIL\n', false)).toBe('TestTotal');
  expect(tellingTestLine('ok 1 - adds\nnot ok 2 - refuses\n', false)).toBe('refuses');
});

test('counts where no test is named', () => {
  expect(tellingTestLine('== 2 failed, 3 passed in 0.12s ==', false)).toBe('2 failing');
  expect(tellingTestLine(nodeTest, true)).toBe('1 passed');
});

test('never shows a bare brace', () => {
  expect(tellingTestLine('Something is off here\n  {\n  }\n', false)).toBe('Something is off here');
  expect(tellingTestLine('}\n', false)).toBe('');
  expect(tellingTestLine('TypeError: total is not a function\n    at cart.js:3\n}', false)).toBe(
    'TypeError: total is not a function',
  );
});
