import { expect, it } from 'vitest';
import { codeParts } from './code-parts.ts';

it('sets apart what stands in backticks, and leaves a lone one as it is', () => {
  expect(codeParts('Run `npm test` and `lint`, not `this')).toEqual([
    { text: 'Run ', code: false },
    { text: 'npm test', code: true },
    { text: ' and ', code: false },
    { text: 'lint', code: true },
    { text: ', not `this', code: false },
  ]);
  expect(codeParts('')).toEqual([]);
});
