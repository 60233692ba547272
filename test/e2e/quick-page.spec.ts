import { expect, test } from './dashboard.ts';

/** The quick window as a page of the headless host: no window to hide, and its links lead into the same dashboard. */
test.use({ viewport: { width: 420, height: 560 } });

test('is reached by its address, walked by keyboard, and leads to the item it shows', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/quick`);
  const chosen = page.locator('li[aria-current]');
  await expect(chosen).toHaveCount(1);
  const first = await chosen.getByRole('button').first().innerText();
  await page.keyboard.press('j');
  await expect(chosen.getByRole('button').first()).not.toHaveText(first);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/(?:proposal|run)\//u);
  await expect(page.locator('#main')).toBeVisible();
  await page.goBack();
  await expect(chosen).toHaveCount(1);
  await expect(page.locator('#main')).toHaveCount(0);

  // A decision can be taken back for a while, as if it had not been made.
  await page.waitForTimeout(700);
  const kept = await chosen.getByRole('button').first().innerText();
  await page.keyboard.press('h');
  await expect(page.getByText('Snoozed for an hour')).toBeVisible();
  await expect(chosen.getByRole('button').first()).not.toHaveText(kept);
  await page.keyboard.press('u');
  await expect(page.getByText('Snoozed for an hour')).toHaveCount(0);
  await expect(page.locator('li', { hasText: kept.split('\n')[0] ?? kept })).toHaveCount(1);

  // A plan is rejected with words, given here; giving up leaves it as it was.
  await page
    .locator('li', { hasText: /^Return 404/u })
    .getByRole('button')
    .first()
    .click();
  await chosen.getByRole('button', { name: /^Reject…/u }).click();
  await expect(page.getByLabel('Why is it not wanted?')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(chosen).toContainText('Write a few words.');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Why is it not wanted?')).toHaveCount(0);
  await expect(chosen).toContainText('Return 404');
});

test.describe('with nothing that waits', () => {
  test.use({ items: 0, firstRun: true });
  test('says so, and how much runs', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/quick`);
    await expect(page.getByText('Nothing needs you')).toBeVisible();
    await expect(page.getByText('Nothing is running.')).toBeVisible();
  });
});
