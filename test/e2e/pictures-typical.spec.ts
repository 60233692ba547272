import { test } from '@playwright/test';
import { isPlain } from './pictures/picture.ts';
import { takeAll } from './pictures/spec.ts';
import { narrow, usual, wide, zoomed } from './pictures/take.ts';

// Pictures for people to judge, in `artifacts/pictures`, and what a machine can see is wrong with them: `test/e2e/pictures/`.

// A trace of a thousand pictures would be another thousand of them.
test.use({ trace: 'off' });

takeAll('as it mostly is, wide and narrow', 'typical', [wide, usual, narrow, zoomed], { only: isPlain });
takeAll('opened in a view', 'typical', [wide, narrow], { only: (picture) => !isPlain(picture) });
