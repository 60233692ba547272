import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Where a distribution puts Chromium. */
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The browser for the end-to-end tests: the one asked for, the system's, or Playwright's own; undefined when there is none. */
export function findBrowser(): string | undefined {
  const asked = process.env['HOMER_CHROMIUM'];
  if (asked !== undefined && asked !== '') return existsSync(asked) ? asked : undefined;
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find((path) => existsSync(path));
}
