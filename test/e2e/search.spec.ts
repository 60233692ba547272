import { expect, test } from '@playwright/test';
import { named, runId } from '../fixtures/run-server/world.ts';
import { startRunFixture, type RunFixture } from '../fixtures/run-server/server.ts';
import { barriers } from './barriers.ts';
import { takeHere } from './pictures/take-here.ts';

let fixture: RunFixture;
test.beforeAll(async () => {
  fixture = await startRunFixture({ root: 'out/renderer', extra: 4, huge: 4_000 });
});
test.afterAll(() => fixture.stop());

const post = (what: string, body: object): Promise<Response> =>
  fetch(new URL(`/fixture/${what}`, fixture.url), { method: 'POST', body: JSON.stringify(body) });

test('what an agent said is found from anywhere, and its run opens there', async ({ page }) => {
  await page.goto(`${fixture.url}#/runs`);
  await page.getByRole('grid', { name: 'Runs' }).waitFor();
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox');
  await takeHere(page, 'palette-empty');
  // In the background: the view behind changes, the palette stays and keeps the keyboard.
  await box.fill('>go to board');
  await box.press('Alt+Enter');
  await expect(page).toHaveURL(/#\/board/u);
  await expect(page.getByText('Done: Go to Board').first()).toBeVisible();
  await expect(box).toBeFocused();
  await box.fill('>new run');
  await box.press('Alt+Enter');
  await expect(page.getByText('This opens something of its own.').first()).toBeVisible();
  await box.fill('>go to runs');
  await box.press('Alt+Enter');
  await expect(page).toHaveURL(/#\/runs/u);
  await box.fill('queue');
  const options = page.getByRole('option');
  await expect(options.filter({ has: page.locator('mark') }).first()).toBeVisible();
  expect(await options.count()).toBeLessThanOrEqual(12);
  expect(await barriers(page, '[role=dialog]')).toEqual([]);
  await takeHere(page, 'palette-search');

  // A run of its own prefix, with what more can be done with it; Escape steps back one.
  await box.fill(':queue');
  await expect(options.first()).toContainText('#');
  await box.press('ArrowRight');
  await expect(page.getByRole('option', { name: 'Show the evidence' })).toBeVisible();
  await takeHere(page, 'palette-more');
  await box.press('Escape');
  await box.fill('nothing has these words');
  await expect(page.getByRole('option', { name: 'Create proposal “nothing has these words”' })).toBeVisible();
  await takeHere(page, 'palette-none');
  await post('fail', { operation: 'search.find' });
  await box.fill('queue fails');
  await expect(page.getByRole('alert')).toContainText('The disk is full');
  await takeHere(page, 'palette-failed');
  await post('fail', {});
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();

  await box.fill('queue');
  const event = options.filter({ hasText: 'queue' }).last();
  await expect(event.locator('mark').first()).toBeVisible();
  await event.click();
  await expect(page).toHaveURL(/#\/run\/.+event=e\d+.*find=queue|find=queue.*event=e\d+/u);
  const row = page.getByRole('treeitem', { selected: true });
  await expect(row).toHaveAttribute('data-found', 'true');
  await expect(page.getByRole('search', { name: 'Find in this run' })).toContainText(/\d+ of \d+/u);
  expect(await barriers(page, '[role=search]')).toEqual([]);
  await takeHere(page, 'run-find');
});

test('a find goes through the whole of a long run, also what was not read yet', async ({ page }) => {
  await page.goto(`${fixture.url}#/run/${runId(named.huge)}`);
  const tree = page.getByRole('tree');
  await tree.waitFor();
  await page.keyboard.press('Control+f');
  const box = page.getByRole('textbox', { name: 'Find in this run' });
  await box.fill('queue');
  const status = page.getByRole('search').getByRole('status');
  await expect(status).toHaveText(/^\d[\d,]* found$/u);
  await box.press('Enter');
  await expect(status).toHaveText(/^1 of /u);
  await expect(page.getByRole('treeitem', { selected: true })).toBeInViewport();
  await box.press('Shift+Enter');
  await expect(status).toHaveText(/^([\d,]+) of \1$/u);
  await expect(page.getByRole('treeitem', { selected: true })).toBeInViewport();
  await box.press('Escape');
  await expect(box).toBeHidden();
  await expect(tree).toBeFocused();
});
