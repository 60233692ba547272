import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { OutputOf } from '../../preload/contract/operations.ts';
import { fillForPictures } from './picture-world.ts';
import { startRealHost } from './real-host.ts';

/**
 * The pictures of the README and of `docs/`, of a real host with real projects and runs. They are replaced only when asked for:
 * `HOMER_DOCS_PICTURES=1 npx playwright test docs-pictures`.
 */
test.skip(process.env['HOMER_DOCS_PICTURES'] !== '1', 'replaced only with HOMER_DOCS_PICTURES=1');

const folder = path.join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const schemes = ['light', 'dark'] as const;

async function shoot(page: Page, address: string, name: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('main').waitFor();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

test('the pictures of the documentation', async ({ page }) => {
  test.setTimeout(180_000);
  const host = await startRealHost();
  const repositories = mkdtempSync(path.join(tmpdir(), 'homer-pictures-'));
  await page.setViewportSize({ width: 1440, height: 900 });
  try {
    await host.signIn(page);
    const run = await fillForPictures(host, repositories, async (ask) => {
      let answer = await ask();
      await expect(async () => {
        answer ??= await ask();
        expect(answer).toBeDefined();
      }).toPass({ timeout: 90_000 });
      if (answer === undefined) throw new Error('It never came.');
      return answer;
    });
    await page.goto(`${host.home()}#/board`);
    await page.getByRole('button', { name: 'Hide the first steps' }).click();
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await shoot(page, `${host.home()}#/board`, `board-${colorScheme}`);
      await page.goto(`${host.home()}#/run/${run}`);
      const row = page
        .getByRole('tree', { name: 'Timeline' })
        .getByRole('treeitem', { name: /Tests passed/ });
      await row.click();
      await expect(page.getByText('duration_ms')).toBeVisible();
      await page.screenshot({ path: path.join(folder, `run-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`${host.home()}#/run/${run}/review`);
    await expect(page.getByRole('group', { name: 'Changes', exact: true })).toContainText('slug');
    // Colours of the syntax come from a worker.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: path.join(folder, 'review-light.png') });
  } finally {
    // A run outlives its host by design.
    const { rows } = await host.call<OutputOf<'run.list'>>('run.list', {});
    for (const { id, status } of rows) if (status === 'running') await host.call('run.stop', { id });
    await host.end();
    rmSync(repositories, { recursive: true, force: true });
  }
});
