import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './dashboard.ts';

const column = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const cards = (page: Page, name: string): Locator => column(page, name).getByRole('listitem');

test('an idea is approved, its plan read and executed, by keyboard alone', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('j');
  const idea = cards(page, 'Idea').first();
  await expect(idea).toBeFocused();
  const title = (await idea.getAttribute('aria-label'))?.split(',')[0] ?? '';
  await page.keyboard.press('a');
  const planned = column(page, 'Plan').getByRole('listitem', { name: new RegExp(`^${title},`) });
  await expect(planned).toBeVisible();
  await expect(planned).toHaveAccessibleName(/risk/, { timeout: 15_000 });
  await planned.focus();
  await page.keyboard.press('a');
  const summary = page.getByRole('dialog', { name: 'Approve this plan and start a run' });
  await expect(summary.getByText('Risk')).toBeVisible();
  await expect(summary.getByRole('button', { name: 'Start the run' })).not.toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(summary).toBeHidden();
  await expect(
    column(page, 'Approved').getByRole('listitem', { name: new RegExp(`^${title},`) }),
  ).toBeVisible();
});

test('a skipped idea comes back with undo', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('j');
  const name = (await cards(page, 'Idea').first().getAttribute('aria-label')) ?? '';
  await page.keyboard.press('e');
  await expect(page.getByText('Skipped.')).toBeVisible();
  await expect(column(page, 'Idea').getByRole('listitem', { name, exact: true })).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(column(page, 'Idea').getByRole('listitem', { name, exact: true })).toBeVisible();
});

test('rejecting asks for a reason and refuses none', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Reject this proposal' });
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Write a reason')).toBeVisible();
  await page.keyboard.type('Done elsewhere');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Rejected.', { exact: true })).toBeVisible();
});

test('dragging an idea to Plan approves it, and Approved says why it cannot', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  const idea = cards(page, 'Idea').nth(1);
  await expect(idea).toBeVisible();
  const title = (await idea.getAttribute('aria-label'))?.split(',')[0] ?? '';
  const box = await idea.boundingBox();
  const refused = await column(page, 'Approved').boundingBox();
  const target = await column(page, 'Plan').boundingBox();
  if (!box || !refused || !target) throw new Error('the board is not laid out');
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(refused.x + 80, refused.y + 200, { steps: 8 });
  await expect(column(page, 'Approved').getByText('It needs a plan first')).toBeVisible();
  await page.mouse.move(target.x + 80, target.y + 200, { steps: 8 });
  await page.mouse.up();
  await expect(column(page, 'Plan').getByRole('listitem', { name: new RegExp(`^${title},`) })).toBeVisible();
});

test('typing filters the board and Escape brings everything back', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('flaky');
  await expect(cards(page, 'Idea').filter({ hasNotText: 'flaky' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(cards(page, 'Idea').filter({ hasNotText: 'flaky' }).first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`has nothing that bars anyone, in the ${colorScheme} theme`, async ({ page, dashboard }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const place of ['board', 'inbox', 'projects', 'settings']) {
      await page.goto(`${dashboard}#/${place}`);
      await expect(page.getByRole('main').locator('*').first()).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${place}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });

test.describe('with ten thousand proposals', () => {
  test.use({ items: 10_000 });
  test('shows true counts and only the cards in sight', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/board`);
    await expect(column(page, 'Idea').getByRole('heading', { name: 'Idea' })).toBeVisible();
    await expect(column(page, 'Idea')).toContainText('4445');
    expect(await page.locator('[data-card]').count()).toBeLessThan(120);
  });
});

test.describe('on the first run', () => {
  test.use({ items: 0, firstRun: true });
  test('the demo project leads to ideas on the board', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/board`);
    await page.getByRole('button', { name: /Try the demo project/ }).click();
    await expect(cards(page, 'Idea').first()).toBeVisible();
    await expect(page.getByText(/Press J/)).toBeVisible();
  });
});
