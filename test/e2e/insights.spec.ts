import { expect, test } from './dashboard.ts';

test.use({ items: 26 });

test('the days of all charts are walked by keyboard, and a point opens the runs behind it', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board`);
  await expect(page.getByRole('link', { name: 'Insights' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  const wait = page.getByRole('region', { name: 'Approval wait' });
  const applied = page.getByRole('region', { name: 'Applied changes' });
  await expect(wait.getByRole('slider')).toBeVisible();
  await page.keyboard.press('1');
  await expect(page).toHaveURL(/insights\?days=7/u);
  await expect(wait.getByText('last 7 days')).toBeVisible();
  await wait.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  // One cursor for the page: the other chart tells of the same day.
  const day = await wait.getByText(/^\w{3} \d+ \w{3,4} · \d+ runs?$/u).textContent();
  await expect(applied.getByText((day ?? '').split(' · ')[0] ?? '')).toBeVisible();
  await page.keyboard.press('t');
  await expect(wait.getByRole('table').getByRole('row')).toHaveCount(8);
  await expect(applied.getByRole('table')).toBeHidden();
  await wait.getByRole('link', { name: /open$/u }).first().press('Enter');
  await expect(page.getByRole('heading', { name: /^Approval wait · .* · \d run/u })).toBeVisible();
  await expect(
    page.getByRole('listbox', { name: 'Runs' }).or(page.getByRole('grid', { name: 'Runs' })),
  ).toBeVisible();
  await page.getByRole('button', { name: 'All runs' }).click();
  await expect(page.getByRole('tab', { name: /Failed/u })).toBeVisible();
});

test('the briefing is read part by part by keyboard, marked as read, and left for an older one', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board`);
  await expect(page.getByRole('link', { name: 'Briefings' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { name: /^Decide/u })).toBeVisible();
  await expect(page.getByText(/^Agents worked for 3 h 12 min/u)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name: /^Happened/u })).toBeFocused();
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
  await page.keyboard.press('Shift+J');
  await expect(page).toHaveURL(/briefings\?day=/u);
  // What waits now did not wait then.
  await expect(page.getByRole('heading', { name: /^Decide/u })).toHaveCount(0);
});

test('a chart that cannot be read says so alone', async ({ page, dashboard }) => {
  const fail = (body: object): Promise<Response> =>
    fetch(`${dashboard}fixture/fail`, { method: 'POST', body: JSON.stringify(body) });
  await page.goto(`${dashboard}#/insights`);
  await expect(page.getByRole('slider').first()).toBeVisible();
  await fail({ operation: 'insights.get' });
  await page.getByRole('radio', { name: '90 days' }).click();
  await expect(page.getByRole('alert').first()).toContainText('This could not be read.');
  await fail({ off: true });
  await page.getByRole('region', { name: 'Success rate' }).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('slider')).toHaveCount(1);
});
