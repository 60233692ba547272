import { expect, test } from 'vitest';
import { placeInOutput } from './place-in-output.ts';

test('names the first place in the project that is no test', () => {
  const output = [
    ' ✕ src/stream.test.ts:12 > drains on shutdown',
    '   at settle (/home/sam/.cache/node_modules/settle/index.js:9:1)',
    '   at node_modules/vitest/dist/run.js:40:2',
    '   at Queue.drain (src/queue.ts:141:5)',
  ].join('\n');
  expect(placeInOutput(output)).toEqual({ path: 'src/queue.ts', line: 141 });
});

test('falls back to the test, and to nothing where nothing is named', () => {
  expect(placeInOutput('FAIL ./test/queue.test.ts:7')).toEqual({ path: 'test/queue.test.ts', line: 7 });
  expect(placeInOutput('started 12:04:31, 3 failed, http://localhost:8080/x')).toBeUndefined();
});
