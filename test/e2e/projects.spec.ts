import { expect, test } from './dashboard.ts';

test('a policy is tried before it is saved, tests are run and stopped, and a worktree is archived, by keyboard', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/projects`);
  const settings = page.getByRole('tab', { name: 'Settings' });
  await settings.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Try paths').fill('src/a.ts\n.env.local\n../aside');
  const verdicts = page.getByRole('list', { name: 'What the policy says of each path' });
  await expect(verdicts.getByRole('img', { name: 'Denied' })).toHaveCount(2);
  await expect(verdicts).toContainText('denied by **/.env*');
  await page.getByLabel('Paths a run may change').fill('docs/**');
  await expect(verdicts).toContainText('not on the allow list');
  await page.getByLabel('Try some work').fill('Deploy it');
  await expect(page.getByText('Waits for you as a draft')).toBeVisible();
  await page.getByLabel('Regular expression 4').fill('(');
  await expect(page.getByText('This is not a valid regular expression.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Save policy/ })).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel('Regular expression 4').fill('ship');
  await expect(page.getByText('Starts by itself', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The policy was saved.')).toBeVisible();

  await page.getByRole('tab', { name: 'Policy' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Run it now' }).press('Enter');
  await expect(page.getByRole('group', { name: /^Output of/ })).toContainText('queue.test.ts');
  await page.getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(page.getByText('Stopped')).toBeVisible();

  await page.getByRole('tab', { name: 'Test command' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /the worktree of Run #9$/u }).press('Enter');
  await page.getByRole('button', { name: 'Archive and remove' }).press('Enter');
  await expect(page.getByText('1 worktree was removed')).toBeVisible();
  await expect(page.getByText(/archive\/.*\.bundle/).first()).toBeVisible();
});
