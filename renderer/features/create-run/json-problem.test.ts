import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProblem } from './json-problem.ts';

describe('metadata as JSON', () => {
  test.each([
    ['{"a": 1,}', 1, 9, 'comma too many'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'comma'],
    ["{'a': 1}", 1, 2, 'double quotes'],
    ['{"a": \'x\'}', 1, 7, 'double quotes'],
    ['{"a": tru}', 1, 7, 'value is expected'],
    ['{"a": 01}', 1, 7, 'value is expected'],
    ['{"a": "x\n"}', 1, 7, 'closing quote'],
    ['{"a" 1}', 1, 6, 'colon'],
    ['[1]', 1, 1, 'object'],
    ['', 1, 1, 'the end'],
    ['{"a": 1} x', 1, 10, 'follow'],
    ['{"a": "\\x"}', 1, 8, 'escape'],
    ['{"a": [1, 2}', 1, 12, 'comma'],
  ])('says where and why %j is not an object', (text, line, column, words) => {
    const problem = jsonProblem(text);
    expect([problem?.line, problem?.column]).toEqual([line, column]);
    expect(problem?.message).toContain(words);
  });

  test('accepts what JSON accepts, and refuses what it refuses', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 60 }), (json, cut) => {
        for (const text of [`{"v": ${json}}`, `{"v": ${json.slice(0, cut)}}`]) {
          let fine = true;
          try {
            JSON.parse(text);
          } catch {
            fine = false;
          }
          expect(jsonProblem(text) === undefined, text).toBe(fine);
        }
      }),
    );
  });
});
