import { expect, test } from 'vitest';
import { linkTo } from './link-to.ts';

test.each([
  [false, '#/runs?filter=failed', 'http://localhost:4680/#/runs?filter=failed'],
  [
    true,
    '#/run/0199a000-0000-7000-8000-000000000001/review?file=2',
    'homer://run/0199a000-0000-7000-8000-000000000001/review',
  ],
  [true, '#/settings?section=runtime', 'homer://settings/runtime'],
  [true, '#/inbox?item=x', 'homer://inbox'],
])('in the desktop app: %s, the link to %s is %s', (desktop, hash, link) => {
  expect(linkTo(hash, { desktop, base: 'http://localhost:4680/#/board' })).toBe(link);
});
