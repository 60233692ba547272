import { test as base } from '@playwright/test';
import { startRunFixture } from '../fixtures/run-server/server.ts';

/** Where the dashboard is served: `HOMER_E2E_RUNS_URL` when it is set, else generated runs over the built page. */
export const test = base.extend<object, { home: string }>({
  home: [
    async ({}, use) => {
      const given = process.env['HOMER_E2E_RUNS_URL'];
      if (given !== undefined) {
        await use(given);
        return;
      }
      const fixture = await startRunFixture({ root: process.env['HOMER_E2E_RUNS_ROOT'] ?? 'out/renderer' });
      await use(fixture.url);
      await fixture.stop();
    },
    { scope: 'worker' },
  ],
});
export { expect } from '@playwright/test';
