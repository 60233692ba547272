import type { Page } from '@playwright/test';
import { named, runId } from '../fixtures/run-server/world.ts';
import { expect, test } from './runs-fixture.ts';

const run = (name: keyof typeof named): string => `#/run/${runId(named[name])}`;

async function open(page: Page, address: string): Promise<void> {
  // A hash alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('main').waitFor();
}

test('undoes an apply at once while none of its files was changed, and offers to apply it again', async ({
  page,
  home,
}) => {
  await open(page, home + run('applied'));
  await page.getByRole('tree', { name: 'Timeline' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Run #5 was rolled back.')).toBeVisible();
  await expect(page.getByRole('banner').getByText('Rolled back')).toBeVisible();
  await page.getByRole('button', { name: 'Apply again' }).click();
  await page.getByRole('button', { name: 'Apply 7 files to main' }).click();
  await expect(page.getByRole('banner').getByText('Rolled back')).toHaveCount(0);
});

test('shows what a revert changes where its files were changed since, and the files in the way', async ({
  page,
  home,
}) => {
  await open(page, home + run('rollBackConflict'));
  await page.getByRole('button', { name: 'Revert…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('takes its changes (9b1f3c2d) out of the project again');
  await expect(dialog.getByRole('button', { name: 'Keep it applied' })).toBeFocused();
  await expect(dialog.getByRole('list', { name: 'Changed since it was applied' })).toContainText(
    'src/queue.ts',
  );
  await expect(dialog.getByRole('group', { name: 'Changes' })).toContainText('stopIntake');
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Undo it by hand');
  await expect(dialog.getByRole('listitem')).toHaveText(['src/queue.ts', 'src/intake.ts']);
});

test('a merged result that fails its tests shows what they wrote', async ({ page, home }) => {
  await open(page, `${home}${run('longDiff')}/review`);
  await page.getByRole('group', { name: 'Changes' }).waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Rebase' }).click();
  await dialog.getByRole('checkbox', { name: 'Test the merged result first' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('npm test ended with exit code 1');
  await expect(dialog.getByRole('region', { name: 'Output of the tests' })).toContainText(
    'drains on shutdown',
  );
});

test('a retry that waits says when it comes and why, and starts at once when told to', async ({
  page,
  home,
}) => {
  await open(page, home + run('retrying'));
  await expect(page.getByText(/Tries again in \d min \(attempt 2 of 3\)/)).toBeVisible();
  await page.getByRole('button', { name: 'Attempt 2' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Attempt 1' })).toContainText('3 tests still fail');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  // Side by side with the attempt before it, and where they differ it says so.
  const ending = page.getByRole('row', { name: /^Ending/u });
  await expect(ending).toContainText('3 tests still fail');
  await expect(ending.getByRole('img', { name: 'differs' })).toBeVisible();
  await page.keyboard.press('b');
  await page.keyboard.press('y');
  await expect(page.getByText('The retry starts now.')).toBeVisible();
  await expect(page.getByRole('banner').getByText('Running')).toBeVisible();
});

test('evidence says what is missing and can be taken along', async ({ page, home, request }) => {
  await open(page, home + run('rollBackConflict'));
  await page.getByRole('tree', { name: 'Timeline' }).waitFor();
  await page.keyboard.press('e');
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await expect(evidence).toContainText('1 part missing');
  await expect(evidence.getByRole('listitem').filter({ hasText: 'Raw output' })).toContainText(
    'was let go after 30 days',
  );
  await request.post(`${home}fixture/fail`, { data: { operation: 'run.exportEvidence' } });
  await page.keyboard.press('Shift+E');
  await expect(evidence.getByRole('alert')).toContainText('Free some space.');
  await request.post(`${home}fixture/fail`, { data: {} });
  const download = page.waitForEvent('download');
  await page.keyboard.press('Shift+E');
  expect((await download).suggestedFilename()).toBe('run-evidence.zip');
});

test('a conflict between stages is answered with one of the choices it offers', async ({ page, home }) => {
  await open(page, home + run('workflow'));
  const stages = page.getByRole('list', { name: 'Stages' });
  await expect(stages.getByRole('listitem')).toHaveText([
    'planPassed',
    'apiPassed',
    'uiPassed',
    'docsFailed',
    'joinWaiting',
    'releaseNot started',
  ]);
  await page.getByRole('treeitem').filter({ hasText: '1 thing to know' }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('.git/config');
  await page.getByRole('button', { name: 'Take the files of ui' }).click();
  await expect(page.getByRole('banner').getByText('Queued')).toBeVisible();
});

test('the list says what a queued run waits for, and which applied one was rolled back', async ({
  page,
  home,
}) => {
  await open(page, `${home}#/runs`);
  const row = (name: keyof typeof named) =>
    page.getByRole('row').filter({ hasText: new RegExp(`#${String(named[name])}(?![0-9])`) });
  await expect(row('queued')).toContainText(/starts about \d\d:\d\d · 2 ahead of it/);
  await expect(row('rolledBack')).toContainText('rolled back');
});

test('a run without a test command says so', async ({ page, home }) => {
  await open(page, home + run('empty'));
  await expect(page.getByText('No test command')).toBeVisible();
});

test('a permission is allowed for its intent until a time that is chosen', async ({ page, home }) => {
  await open(page, home + run('asking'));
  await page.getByRole('button', { name: 'Allow for this intent' }).click();
  await expect(page.getByRole('menuitem', { name: 'For 1 hour' })).toContainText(/until \d+/);
  await page.getByRole('menuitem', { name: 'Until another time…' }).click();
  const form = page.getByRole('form', { name: 'Allowed for this intent until' });
  await form.getByLabel('Allowed for this intent until').fill('2020-01-01T09:00');
  await expect(form).toContainText('Give a time to come, within 90 days.');
  await expect(form.getByRole('button', { name: 'Allow until then' })).toBeDisabled();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Allow for this intent' }).click();
  const sent = page.waitForRequest((request) => request.url().endsWith('/permission.decide'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const body = (await sent).postDataJSON() as { choice: string; until: string };
  expect(body.choice).toBe('allow_intent');
  const hours = (Date.parse(body.until) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(0.9);
  await expect(page.getByText('It asks for permission')).toHaveCount(0);
});
