import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.ts';

const executablePath = findBrowser();
const before = process.env['HOMER_PICTURES_BEFORE'];

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'artifacts/e2e',
  // Pictures are compared with an older folder of them when one is named; the report of Playwright shows both.
  ...(before === undefined
    ? {}
    : { snapshotPathTemplate: `${before}/{arg}{ext}`, updateSnapshots: 'none' as const }),
  // A spec must never pass or fail by what was built some time ago.
  globalSetup: './test/e2e/build-once.ts',
  // Three files at a time: each has its own hosts, folders, bus and screen, and most of them mostly wait.
  workers: 3,
  // A test that passes only at the second try is a defect to see, not to hide.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Debian's has rasterization on the graphics card, which software plays here at a tenth more of the processor.
      args: ['--no-sandbox', '--disable-background-networking', '--no-first-run', '--disable-gpu'],
    },
    screenshot: 'only-on-failure',
    // Without its film of every frame, which costs each test that passes a quarter more.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
});
