import { test } from '@playwright/test';
import { isView } from './pictures/picture.ts';
import { takeAll } from './pictures/spec.ts';
import { narrow, usual, wide, zoomed } from './pictures/take.ts';

// Pictures for people to judge, in `artifacts/pictures`, and what a machine can see is wrong with them: `test/e2e/pictures/`.

// A trace of a thousand pictures would be another thousand of them.
test.use({ trace: 'off' });
test.describe.configure({ mode: 'parallel' });

takeAll('as it mostly is', 'typical', [wide, usual, narrow, zoomed], { only: isView });
takeAll('opened in a view, or in one state', 'typical', [wide, { ...narrow, themes: ['light'] }], {
  only: (picture) => !isView(picture),
});
