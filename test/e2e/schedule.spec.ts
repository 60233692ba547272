import type { Locator, Page } from '@playwright/test';
import { expect, test } from './dashboard.ts';

const list = (page: Page): Locator => page.getByRole('grid', { name: 'Intents by next time' });

test.describe('with a dozen intents', () => {
  test.use({ intents: 12 });

  test('an intent is found, paused, run and opened by keyboard alone', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/board`);
    await expect(page.getByRole('link', { name: 'Schedule' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect(list(page).getByRole('row').first()).toBeVisible();
    await page.keyboard.press('j');
    const row = list(page).locator('[data-selected]');
    const toggle = row.getByRole('switch');
    await expect(toggle).toBeChecked();
    await page.keyboard.press('p');
    await expect(toggle).not.toBeChecked();
    await page.keyboard.press('p');
    await expect(toggle).toBeChecked();
    await page.keyboard.press('r');
    await expect(page.getByText(/Run #\d+ was made/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('columnheader', { name: 'UTC', exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list(page)).toBeVisible();
  });

  test('a trigger is checked as it is typed, and the new intent shows its next five times', async ({
    page,
    dashboard,
  }) => {
    await page.goto(`${dashboard}#/schedule`);
    await expect(list(page)).toBeVisible();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New intent' });
    const meaning = dialog.getByRole('group', { name: 'What this means' });
    await dialog.getByLabel('What to do').fill('Look for flaky tests');
    await dialog.getByLabel('Cron expression').fill('61 * * * *');
    await expect(dialog.getByText(/cannot be read/)).toBeVisible();
    await dialog.getByLabel('Cron expression').fill('30 6 * * 1-5');
    await expect(meaning).toContainText('At 06:30, Monday through Friday');
    await expect(meaning.locator('tbody tr')).toHaveCount(5);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('n');
    await expect(dialog.getByLabel('What to do')).toHaveValue('Look for flaky tests');
    await dialog.getByLabel('Project', { exact: true }).click();
    await page.getByRole('option', { name: 'homer' }).click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'Look for flaky tests' })).toBeVisible();
    await expect(page.locator('main tbody tr')).toHaveCount(5);
  });

  test('the week is walked by keyboard, and a missed time says why and is made up for', async ({
    page,
    dashboard,
  }) => {
    await page.goto(`${dashboard}#/schedule`);
    await expect(list(page)).toBeVisible();
    await page.keyboard.press('w');
    await expect(page).toHaveURL(/view=week/u);
    const grid = page.getByRole('grid', { name: 'Calendar of intents' });
    await expect(grid.getByText('· today')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(/date=\d{4}-\d\d-\d\d/u);
    await expect(grid.getByText('· today')).toBeHidden();
    await page.keyboard.press('t');
    await expect(grid.getByText('· today')).toBeVisible();
    await page.keyboard.press('j');
    await expect(grid.getByRole('row', { selected: true })).toHaveCount(1);
    await page.keyboard.press('d');
    await expect(page.getByText('Europe/Berlin', { exact: false }).first()).toBeVisible();
    await page.keyboard.press('w');
    // A planned time is moved by keys and by hand, this once, and taken back.
    await page.keyboard.press('ArrowRight');
    const block = grid.locator('[data-planned]').first();
    const before = await block.getAttribute('aria-label');
    await block.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Alt+ArrowRight');
    await expect(page.getByText(/comes .* this time/u)).toBeVisible();
    await expect(block).toHaveAttribute('aria-label', /moved from/u);
    await page.keyboard.press('Control+z');
    await expect(block).toHaveAttribute('aria-label', before ?? '');
    const box = await block.boundingBox();
    if (!box) throw new Error('no block');
    await page.mouse.move(box.x + 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 12, box.y + 8, { steps: 3 });
    await page.mouse.up();
    await expect(block).toHaveAttribute('aria-label', /moved from/u);
    await page.keyboard.press('t');
    // Where the time was missed depends on the hour of the day: some mark is in this week or the one before.
    const mark = grid.getByRole('button', { name: /Missed/u }).first();
    if ((await mark.count()) === 0) await page.keyboard.press('ArrowLeft');
    await mark.click();
    const why = page.getByRole('dialog', { name: /Missed/u });
    await expect(why).toContainText(/Run late|Covered by one run|Too old to catch up/u);
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await expect(list(page)).toBeVisible();
  });

  for (const [opens, closes] of [
    ['e', 'Escape'],
    ['e', 'Cancel'],
    ['e', 'Save'],
    ['Control+k', 'Escape'],
    ['?', 'Escape'],
  ] as const)
    test(`what ${opens} opened and ${closes} closed leaves no button under the next Enter`, async ({
      page,
      dashboard,
    }) => {
      await page.goto(`${dashboard}#/schedule`);
      await list(page).getByRole('row').first().dblclick();
      await expect(page.getByRole('button', { name: 'Run now' })).toBeVisible();
      await page.keyboard.press(opens);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      if (closes === 'Save') await dialog.getByLabel('Name').fill('Another name');
      if (closes === 'Escape') await page.keyboard.press('Escape');
      else await dialog.getByRole('button', { name: closes }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByRole('main')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByText(/Run #\d+ was made/)).toBeHidden();
    });

  test('a dialog opened by its button gives the focus back to it', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/schedule`);
    await list(page).getByRole('row').first().dblclick();
    const edit = page.getByRole('button', { name: 'Edit…' });
    await edit.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(edit).toBeFocused();
  });

  test('retries, budget, missed times and context are set where they stand, and stay', async ({
    page,
    dashboard,
  }) => {
    await page.goto(`${dashboard}#/schedule?edit=new`);
    const dialog = page.getByRole('dialog', { name: 'New intent' });
    await dialog.getByLabel('What to do').fill('Look for flaky tests');
    await dialog.getByLabel('Project', { exact: true }).click();
    await page.getByRole('option', { name: 'homer' }).click();
    await dialog.getByText('Budget', { exact: true }).click();
    await dialog.getByLabel('Max steps').fill('500');
    await expect(dialog.getByText('Give a whole number from 1 to 200')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeVisible();
    await dialog.getByLabel('Max steps').fill('12');
    await dialog.getByLabel('Max cost in US dollars').fill('2.50');
    await dialog.getByText('Retries', { exact: true }).click();
    await dialog.getByLabel('How often').fill('3');
    await dialog.getByRole('checkbox', { name: 'The tests fail' }).click();
    await dialog.getByText('When times were missed').click();
    await dialog.getByLabel('Only times not older than', { exact: true }).fill('2');
    await dialog.getByText('Context and priority').click();
    await dialog.getByLabel('Context files').fill('../outside');
    await expect(dialog.getByText('../outside lies outside the project')).toBeVisible();
    await dialog.getByLabel('Context files').fill('docs/format.md');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'Look for flaky tests' })).toBeVisible();
    await expect(page.getByText('12 steps')).toBeVisible();
    await expect(page.getByText(/Up to 3 retries after: .*The tests fail/i)).toBeVisible();
    await expect(page.getByText('Times older than 2 days')).toBeVisible();
    await page.keyboard.press('e');
    await expect(page.getByRole('dialog').getByText('12 steps · 20 min · $2.5')).toBeVisible();
  });

  test('deleting asks, and an intent with runs is ended instead', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/schedule?show=paused`);
    await list(page).getByRole('row').first().dblclick();
    await page.getByRole('button', { name: 'End for good…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Its runs and their evidence stay');
    await dialog.getByRole('button', { name: 'End intent' }).click();
    await expect(page.getByText('It is over: no time comes any more.')).toBeVisible();
  });

  test('an alert leads to its run and can be dismissed', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/schedule`);
    const alert = page.getByRole('alert').filter({ hasText: 'no sign of life' });
    await expect(alert.getByRole('button', { name: 'Open run' })).toBeVisible();
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert).toBeHidden();
  });
});

test.describe('with a thousand intents', () => {
  test.use({ intents: 1_000 });
  test('renders only the rows in sight, and counts all', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/schedule`);
    await expect(page.getByRole('tab', { name: /All/ })).toContainText('1000');
    expect(await list(page).getByRole('row').count()).toBeLessThan(60);
  });
});

test('teaches what an intent is while there is none, and begins one', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/schedule`);
  await expect(page.getByText('Nothing is scheduled yet')).toBeVisible();
  await page.getByRole('button', { name: 'Hourly' }).click();
  await expect(page.getByRole('dialog').getByText('Every 1 h')).toBeVisible();
});

test('says in its place that the schedule could not be read', async ({ page, dashboard }) => {
  await fetch(`${dashboard}fixture/fail`, {
    method: 'POST',
    body: JSON.stringify({ operation: 'intent.list' }),
  });
  await page.goto(`${dashboard}#/schedule`);
  await expect(page.getByRole('alert')).toContainText('The schedule could not be read.');
  await fetch(`${dashboard}fixture/fail`, { method: 'POST', body: JSON.stringify({ off: true }) });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing is scheduled yet')).toBeVisible();
});
