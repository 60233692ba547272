import { test } from '@playwright/test';
import { isView } from './pictures/picture.ts';
import { takeAll } from './pictures/spec.ts';

// Every view from right to left: see `pictures-typical.spec.ts`.

test.use({ trace: 'off' });
test.describe.configure({ mode: 'parallel' });

takeAll('from right to left', 'typical', [{ suffix: 'rtl', width: 1280, height: 800, themes: ['light'] }], {
  only: isView,
  ready: async (page) => {
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.dir = 'rtl';
      });
    });
  },
});
