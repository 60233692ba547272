import { test } from '@playwright/test';
import { takeAll } from './pictures/spec.ts';
import { narrow, usual, wide } from './pictures/take.ts';

// Pictures for people to judge, in `artifacts/pictures`, and what a machine can see is wrong with them: `test/e2e/pictures/`.

// A trace of a thousand pictures would be another thousand of them.
test.use({ trace: 'off' });

takeAll('every view as it mostly is, in both themes, wide and narrow', 'typical', [wide, usual, narrow]);

takeAll(
  'every view at 200 %',
  'typical',
  // What is left of 1440 by 900 when everything is twice as large.
  [{ suffix: 'zoomed', width: 720, height: 450, themes: ['light'] }],
  { deviceScaleFactor: 2 },
);

takeAll(
  'every view from right to left',
  'typical',
  [{ suffix: 'rtl', width: 1280, height: 800, themes: ['light'] }],
  {},
  async (page) => {
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.dir = 'rtl';
      });
    });
  },
);
