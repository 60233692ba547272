import { barriers } from './barriers.ts';
import { expect, test } from './dashboard.ts';

test('accounts are opened, put in order and held by keys, and a project gets its cap', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/accounts`);
  const rows = page.getByRole('list', { name: 'Accounts' }).getByRole('listitem');
  const row = rows.filter({ hasText: 'pro-2' });
  await expect(rows).toHaveCount(12);
  await expect(page.getByRole('meter', { name: 'Daily cap' })).toHaveAttribute('aria-valuenow', '68');
  await expect(rows.filter({ hasText: 'rack' })).toContainText('Nothing answers at');

  for (const key of ['j', 'ArrowDown']) await page.keyboard.press(key);
  const name = page.getByRole('button', { name: 'pro-2', exact: true });
  await expect(name).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows.first()).toContainText('goes first');
  await expect(rows.first()).toContainText('pro-2');
  await expect(name).toBeFocused();
  await page.keyboard.press('p');
  await expect(row).toContainText('Disabled');
  await page.keyboard.press('p');
  await expect(row).toContainText('Active');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('dialog', { name: 'pro-2' });
  await expect(detail).toContainText('Homer used 120K tok · 34 requests');
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(name).toBeFocused();

  // The palette knows what is selected until that is taken away, and leads to one account.
  await page.keyboard.press('Control+k');
  const hold = page.getByRole('option', { name: 'Disable' });
  await expect(page.getByRole('button', { name: 'on pro-2 Leave out pro-2' })).toBeVisible();
  await expect(hold).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(hold).toBeHidden();
  await page.keyboard.type('@pro-2');
  await expect(page.getByRole('option', { name: /^pro-2/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(detail).toBeVisible();
  await expect(page).toHaveURL(/account=/u);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/account=/u);

  // Forecast and reset in words, and a way back in for who was signed out.
  await expect(rows.filter({ hasText: 'max-1' })).toContainText(
    /Used up about .* at this pace · Resets \d\d:\d\d, in/u,
  );
  const refused = rows.filter({ hasText: 'Signed out since' });
  await refused.getByRole('button', { name: 'Sign in…' }).click();
  await page
    .getByRole('dialog', { name: 'Sign in to api' })
    .getByRole('button', { name: 'It is signed in: enable it' })
    .click();
  await expect(refused).toHaveCount(0);

  expect(await barriers(page, 'main', 'all')).toEqual([]);

  await page.goto(`${dashboard}#/projects`);
  await page.getByRole('option').first().click();
  const cap = page.getByRole('textbox', { name: /Daily cap/u });
  await cap.fill('much');
  await expect(page.getByText('Give an amount such as 2.50')).toBeVisible();
  await cap.fill('2');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.goto(`${dashboard}#/board`);
  await page.getByRole('button', { name: /Today \$1\.71 of \$2\.00 for .*, nearly spent/u }).click();
  await expect(page.getByRole('meter', { name: /Daily cap, / })).toHaveAttribute('aria-valuenow', '86');
});
