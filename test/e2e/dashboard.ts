import { test as base } from '@playwright/test';
import { startFixture } from '../fixtures/ui-server/server.ts';

/**
 * Where the dashboard is. `HOMER_E2E_URL` points the specs at a host that runs; without it each test gets the built renderer over
 * generated data (the UI fixture), with as many proposals as `items` says.
 */
export const test = base.extend<{
  items: number;
  intents: number;
  /** How many goals; undefined for the three of every world. */
  goals: number | undefined;
  firstRun: boolean;
  dashboard: string;
}>({
  items: [30, { option: true }],
  intents: [0, { option: true }],
  goals: [undefined, { option: true }],
  firstRun: [false, { option: true }],
  dashboard: async ({ items, intents, goals, firstRun }, use) => {
    const given = process.env['HOMER_E2E_URL'];
    if (given !== undefined) {
      await use(given);
      return;
    }
    const fixture = await startFixture({
      root: 'out/renderer',
      proposals: items,
      intents,
      goals,
      firstRun,
      port: 0,
    });
    await use(fixture.url);
    await fixture.stop();
  },
});
export { expect } from '@playwright/test';
