import type { Page } from '@playwright/test';
import { named, runId } from '../fixtures/run-server/world.ts';
import { expect, test } from './runs-fixture.ts';

const run = (name: keyof typeof named): string => `#/run/${runId(named[name])}`;

test('the page asks for nothing that its own content security policy forbids', async ({ page, home }) => {
  const refused: string[] = [];
  page.on('console', (line) => {
    if (/content security policy/iu.test(line.text())) refused.push(line.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile }) => {
      console.log(`Content Security Policy: ${effectiveDirective} of ${sourceFile}`);
    });
  });
  await open(page, `${home}${run('review')}/review`);
  await page.getByRole('group', { name: 'Changes' }).waitFor();
  expect(refused).toEqual([]);
});

async function open(page: Page, address: string): Promise<void> {
  // A hash alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('main').waitFor();
}

test('a run is found, opened and its failure reached by keyboard alone', async ({ page, home }) => {
  await open(page, `${home}#/runs`);
  const list = page.getByRole('grid', { name: 'Runs' });
  await list.waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('needs answer bash');
  await expect(list.getByRole('row')).toHaveCount(3);
  await expect(page).toHaveURL(/q=needs\+answer\+bash/);
  await page.keyboard.press('Escape');
  await list.focus();
  await page.keyboard.press('Home');
  // Several are asked about together, and are left alone again.
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('dialog', { name: 'Stop 2 runs?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toBeHidden();
  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tree', { name: 'Timeline' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('shell');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    'No such file or directory',
  );
  await page.keyboard.press('n');
  await expect(page.getByRole('treeitem', { selected: true })).toContainText('drains on shutdown');
});

test('stopping asks first, and keeps running when told to', async ({ page, home }) => {
  await open(page, home + run('paused'));
  await page.getByRole('tree', { name: 'Timeline' }).waitFor();
  await page.keyboard.press('Shift+X');
  await page.getByRole('button', { name: 'Keep running' }).click();
  await expect(page.getByText('Paused').first()).toBeVisible();
  await page.keyboard.press('Shift+X');
  await page.getByRole('button', { name: 'Stop run' }).click();
  await expect(page.getByRole('banner').getByText('Stopped')).toBeVisible();
});

test('what arrives does not move what is being read', async ({ page, home, request }) => {
  await open(page, home + run('huge'));
  const tree = page.getByRole('tree', { name: 'Timeline' });
  await tree.waitFor();
  await page.waitForTimeout(800);
  await tree.hover();
  await page.mouse.wheel(0, -600);
  await page.waitForTimeout(500);
  const middle = () =>
    tree.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return document.elementFromPoint(box.x + 300, box.y + box.height / 2)?.closest('[role=treeitem]')
        ?.textContent;
    });
  const before = await middle();
  await request.post(`${home}fixture/append`, { data: { run: named.huge, count: 25 } });
  await expect(page.getByText('25 new events')).toBeVisible();
  expect(await middle()).toBe(before);
  await page.keyboard.press('f');
  await expect(page.getByRole('treeitem').last()).toContainText('of the fixture');
});

test('metadata that is no JSON says where, and stages that are not whole say what is missing', async ({
  page,
  home,
}) => {
  await open(page, `${home}#/runs?new=1`);
  await page.getByLabel('What to do').fill('Split the scheduler');
  await page.getByLabel('Metadata').fill('{\n  "a": 1,\n  b: 2\n}');
  await expect(page.getByText('Line 3, column 3')).toBeVisible();
  await page.getByLabel('Metadata').fill('{"a": 1}');
  await page.getByRole('radio', { name: 'Pipeline' }).click();
  const stages = page.getByRole('region', { name: 'Stages' });
  await stages.getByLabel('Title').first().fill('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('Give stage 1 a title.');
  await expect(page.getByRole('alert')).toBeInViewport();
  await page.getByRole('radio', { name: 'Agent' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/#\/run\/[\w-]+$/);
});

test('comments on lines become the feedback that is sent back', async ({ page, home }) => {
  await open(page, `${home}${run('longDiff')}/review`);
  const diff = page.getByRole('group', { name: 'Changes' });
  await diff.waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Comment' }).fill('Keep the old name.');
  // Half written, it is still there after a restart.
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Keep the old name.');
  await page.getByRole('textbox', { name: 'Comment' }).focus();
  await page.keyboard.press('Control+Enter');
  await page.reload();
  await expect(page.getByText('Keep the old name.')).toBeVisible();
  await diff.waitFor();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'Your comments on lines' })).toContainText(
    /steps\.ts:1.*Keep the old name\./,
  );
  await dialog.getByLabel('On the whole').fill('Smaller steps.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(dialog.getByLabel('On the whole')).toHaveValue('Smaller steps.');
});

test('a result is applied from its evidence, and not where it conflicts', async ({ page, home }) => {
  await open(page, `${home}${run('conflict')}/review`);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(
    page.getByRole('dialog').getByRole('button', { name: 'Ask the agent to rebase' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply 7 files to main' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await open(page, `${home}${run('review')}/review`);
  await page.getByRole('group', { name: 'Changes' }).waitFor();
  // A hunk that is left out is said before the decision, and the file that was one hunk is not counted.
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('x');
  await expect(page.getByRole('group', { name: 'The decision' })).toContainText('1 file left out');
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Apply 6 files to main' }).waitFor();
  await expect(page.getByRole('checkbox', { name: 'Test the merged result first' })).toBeChecked();
  await page.getByRole('dialog').getByRole('button', { name: 'Take all in' }).click();
  await page.getByRole('button', { name: 'Apply 7 files to main' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Applied to main.')).toBeVisible();
  await expect(page.getByRole('banner').getByText('Applied')).toBeVisible();
});

test('a list that cannot be read says so and offers another try', async ({ page, home, request }) => {
  await request.post(`${home}fixture/fail`, { data: { operation: 'run.list' } });
  await open(page, `${home}#/runs`);
  await expect(page.getByRole('alert')).toContainText('The runs could not be read.');
  await request.post(`${home}fixture/fail`, { data: {} });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('grid', { name: 'Runs' })).toBeVisible();

  await request.post(`${home}fixture/fail`, { data: { operation: 'run.list' } });
  await request.post(`${home}fixture/drop`, { data: {} });
  await open(page, `${home}#/runs`);
  await expect(page.getByText('Reconnecting')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('The runs could not be read.');
});
