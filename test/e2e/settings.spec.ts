import { expect, test } from './dashboard.ts';

test('each setting of the runtime has the control that fits it, and says at its place what it does not take', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=runtime`);
  const runs = page.getByRole('region', { name: 'Work at the same time' });
  await runs.getByLabel('Runs at the same time').fill('99');
  await expect(runs.getByText('Give a whole number from 1 to 32.')).toBeVisible();
  await expect(runs.getByRole('button', { name: 'Set' })).toBeDisabled();
  await runs.getByLabel('Runs at the same time').fill('3');
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('button', { name: 'Back to 2 runs' })).toBeVisible();

  // The default is a press away, and what was set is taken back where it is said.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(runs.getByLabel('Runs at the same time')).toHaveValue('2');
  await runs.getByLabel('Runs at the same time').fill('3');
  await page.keyboard.press('Enter');
  const names = page.getByRole('navigation', { name: 'Settings sections' });
  await expect(
    names
      .getByRole('button', { name: 'Work and budgets' })
      .getByRole('img', { name: 'Differs from the default' }),
  ).toBeVisible();

  // Search first: what is found is changed where it was found.
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Work and budgets' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('test before');
  const apply = page.getByRole('switch', { name: /Test before applying/ });
  await apply.click();
  await expect(apply).toBeChecked();
  await page.getByLabel('Search settings').fill('ticks');
  const time = page.getByRole('region', { name: 'Schedule and ideas' });
  await time.getByLabel('Longest time between ticks', { exact: true }).fill('90');
  await expect(time.getByText('Give a time from 1 s to 1 h.')).toBeVisible();
  await time.getByLabel('Unit of Longest time between ticks').click();
  await page.getByRole('option', { name: 'seconds' }).click();
  await time.getByRole('button', { name: 'Set' }).click();
  await page.getByLabel('Search settings').fill('nothing like it');
  await expect(page.getByText('No setting matches')).toBeVisible();
  await page.reload();
  await names.getByRole('button', { name: 'Schedule and ideas' }).click();
  await expect(page.getByLabel('Longest time between ticks', { exact: true })).toHaveValue('90');
});

test('a key is given to another action by name, holds everywhere and over a restart, and is reset', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=shortcuts`);
  await page.getByLabel('Search actions or keys').fill('board');
  await page.getByRole('button', { name: 'Skip E Change' }).press('Enter');
  await page.keyboard.press('r');
  await expect(page.getByText('R is “Reject with reason” (Board).')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('u');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Skip U Changed. Change' })).toBeFocused();
  await page.getByLabel('Search actions or keys').fill('go to goals');
  await page.getByRole('button', { name: 'Go to Goals G O Change' }).press('Enter');
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.keyboard.press('Enter');
  await page.reload();

  await page.getByRole('heading', { name: 'Shortcuts' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await expect(page).toHaveURL(/#\/goals/u);
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.locator('[data-card]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('.');
  await expect(page.getByRole('menuitem', { name: /^Skip/ })).toContainText('U');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText('Skip', { exact: true }).locator('xpath=..')).toContainText(
    'U',
  );
  await page.keyboard.press('Escape');

  await page.goto(`${dashboard}#/settings?section=shortcuts`);
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(page.getByRole('button', { name: 'Go to Goals G O Change' })).toBeVisible();
});

test('executors say where they are and whether one is signed in, and how to get those that are not there', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=executors`);
  const row = (label: string) => page.getByRole('listitem').filter({ hasText: label });
  await expect(row('Claude Code')).toContainText('2.1.329');
  await expect(row('Claude Code')).toContainText('Tested with versions from 2.1.197, before 3.0.0.');
  await expect(row('Gemini CLI')).toContainText('Not signed in');
  await expect(row('Gemini CLI')).toContainText('Start gemini once');
  await expect(row('My Bot')).toContainText('agents/mybot.json');
  await expect(row('Codex')).toContainText('npm install -g @openai/codex');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('3 agent programs')).toBeVisible();
});

test('a permission that was granted says for what, whose and until when; it is revoked and given back', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=permissions`);
  const list = page.getByRole('list', { name: 'Permissions that were granted' });
  const row = list.getByRole('listitem').filter({ hasText: 'npm run migrate' });
  await expect(row).toContainText('Nightly dependency updates');
  await expect(row).toContainText(/ends in \d+ min · asked by #318 · allowed by owner .* · used 4 times/);
  await row.getByRole('button', { name: 'Revoke Bash of Nightly dependency updates' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
});

test('quiet hours are two times of day, refused while one is missing, and shown with their zone', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=notifications`);
  await page.getByLabel('Quiet hours from').fill('22:00');
  await expect(page.getByText('Give the time when they end too.')).toBeVisible();
  await page.getByLabel('Quiet hours to').fill('07:00');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Quiet every day from 22:00 to 07:00 (Europe/Berlin).')).toBeVisible();
  await expect(page.getByText('9 h, ends the next day · Europe/Berlin')).toBeVisible();
});

test('About says what this is, and has the licence of everything it holds', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/settings?section=about`);
  const about = page.getByRole('region', { name: 'About' });
  await expect(about).toContainText('0.1.0-fixture');
  await expect(about).toContainText('/home/dev/.local/share/homer/logs');
  await about.getByRole('button', { name: 'Show licences' }).click();
  await expect(about.getByLabel('Search by name or text')).toBeFocused();
  await page.keyboard.type('react-dom');
  const row = about.getByRole('list', { name: 'Licences' }).getByRole('button', { name: /^react-dom / });
  await row.click();
  await expect(about.getByLabel('Licence of react-dom')).toContainText('Permission is hereby granted');
  await about.getByLabel('Search by name or text').fill('no such thing anywhere');
  await expect(about.getByRole('status')).toHaveText(/^0 of \d+$/);
});

test('a secret is set by name, its value never shown again, and deleted after a question', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/settings?section=secrets`);
  const list = page.getByRole('list', { name: 'Kept secrets' });
  await expect(list).toContainText('Not readable here');
  await page.getByRole('button', { name: 'Add secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a secret' });
  await dialog.getByLabel('Name').fill('deploy/token');
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeDisabled();
  await dialog.getByLabel('Value').fill('hunter2-hunter2');
  await page.keyboard.press('Enter');
  await expect(list).toContainText('deploy/token');
  await expect(page.getByText('hunter2-hunter2')).toHaveCount(0);
  await list.getByRole('button', { name: 'Delete deploy/token' }).click();
  const question = page.getByRole('dialog', { name: 'Delete deploy/token?' });
  await expect(question).toContainText('This cannot be undone.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(list).not.toContainText('deploy/token');
});
