import { expect, test, type Locator, type Page } from '@playwright/test';
import { startRealHost, type RealHost } from './real-host.ts';

/**
 * The main job in the built dashboard on the built host, with nothing in between replaced. The host and its browser session are
 * shared, so the tests run in order, each on work of its own.
 */
test.describe.configure({ mode: 'serial' });

let host: RealHost;
let page: Page;
const failures: string[] = [];

test.beforeAll(async ({ browser }) => {
  host = await startRealHost();
  // A context of its own, so that a second tab shares the session.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on('pageerror', (error) => failures.push(error.message));
});
test.afterAll(async () => {
  await page.context().close();
  await host.end();
});
test.afterEach(() => {
  expect(failures.splice(0)).toEqual([]);
});

const column = (name: string): Locator => page.getByRole('region', { name, exact: true });
const card = (stage: string, title: string): Locator =>
  column(stage).getByRole('listitem', { name: new RegExp(title) });
const open = (place: string): Promise<unknown> => page.goto(`${host.home()}#/${place}`);

/** A proposal of the owner's, made over the API, as one of the command line would be. */
async function propose(title: string): Promise<string> {
  const [project] = await host.call<{ id: string }[]>('project.list', {});
  const made = await host.call<{ proposal: { id: string } }>('proposal.create', {
    title,
    content: 'Told by a test.',
    projectId: project?.id,
  });
  return made.proposal.id;
}

test('the one-time address signs in once, and the first run leads to two ideas', async ({ browser }) => {
  await host.signIn(page);
  const used = page.url();
  expect(used).not.toContain('token=');
  await page.getByRole('button', { name: /Try the demo project/ }).click();
  await expect(column('Idea').getByRole('listitem')).toHaveCount(2);
  await expect(page).toHaveTitle(/Board/);
  const stranger = await browser.newPage();
  await stranger.goto(host.home());
  await expect(stranger.getByText('Idea', { exact: true })).toBeHidden();
  await stranger.close();
});

test('an idea becomes an applied change, by keyboard until the diff', async () => {
  const idea = card('Idea', 'Tests fail: joins every word');
  await idea.focus();
  await page.keyboard.press('a');
  const planned = card('Plan', 'Tests fail: joins every word');
  await expect(planned).toHaveAccessibleName(/risk/);
  await planned.focus();
  await page.keyboard.press('a');
  const summary = page.getByRole('dialog', { name: 'Approve this plan and start a run' });
  await expect(summary.getByText('Risk')).toBeVisible();
  await expect(summary.getByRole('button', { name: 'Start the run' })).not.toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(summary).toBeHidden();
  await page.getByRole('button', { name: 'Open', exact: true }).click();

  // The run is followed as it goes, to a failing and then a passing test.
  await expect(page).toHaveTitle(/Tests fail: joins every word.* · Homer/);
  const timeline = page.getByRole('tree', { name: 'Timeline' });
  await expect(timeline.getByRole('treeitem', { name: /Tests passed/ })).toBeVisible({ timeout: 30_000 });
  await expect(timeline.getByRole('treeitem', { name: /TASK_STATE/ })).toHaveCount(0);
  await expect(page.getByRole('banner').getByText('Ready to review')).toBeVisible();

  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/review/);
  await expect(page.getByRole('group', { name: 'Changes', exact: true })).toContainText('slug');
  await page.keyboard.press('a');
  const apply = page.getByRole('dialog', { name: 'Apply to the project' });
  await expect(apply.getByText(/exit 1|pass/).first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  // The merged result is tested before the branch moves.
  await expect(apply).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('banner').getByText('Applied')).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await expect(card('Approved', 'Tests fail: joins every word')).toHaveAccessibleName(/applied/i);
});

test('what was applied is taken along as evidence, rolled back, and applied again', async () => {
  const { rows } = await host.call<{ rows: { id: string; status: string }[] }>('run.list', {});
  await open(`run/${rows.find(({ status }) => status === 'applied')?.id ?? ''}?tab=pack`);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export evidence' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  // Nothing was changed since, so that one press undoes it.
  await page.getByRole('banner').getByRole('button', { name: 'Undo' }).waitFor();
  await page.keyboard.press('Shift+Z');
  await expect(page.getByRole('banner').getByText('Rolled back')).toBeVisible();
  await open('board');
  await expect(page.getByText(/rolled back · .*can be applied again/)).toBeVisible();
  await page.goBack();
  await page.keyboard.press('a');
  const apply = page.getByRole('dialog', { name: 'Apply again to the project' });
  await apply.getByRole('checkbox', { name: 'Test the merged result first' }).click();
  // The keys are with the choice that was pressed last, and the chord is still the sheet's.
  await apply.getByRole('radio', { name: 'Squash' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(apply).toBeHidden({ timeout: 20_000 });
  await expect(page.getByRole('banner').getByText('Rolled back')).toHaveCount(0);
});

test('a rejected proposal wants a reason, and comes back by undo', async () => {
  await propose('Rename the cart');
  await open('board');
  const mine = card('Idea', 'Rename the cart');
  await mine.focus();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Reject this proposal' });
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Write a reason')).toBeVisible();
  await page.keyboard.type('Names are fine');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(mine).toBeHidden();
  await page.getByRole('dialog', { name: 'Rejected.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(mine).toBeVisible();
});

test('a question is asked and answered before the plan is written', async () => {
  const id = await propose('Sort the cart by price');
  // Opened anew: on a board that is being read, what is new waits to be shown.
  await page.goto('about:blank');
  await open('board');
  const mine = card('Idea', 'Sort the cart');
  await mine.focus();
  await page.keyboard.press('d');
  await expect(card('Research', 'Sort the cart')).toBeVisible();
  await open(`proposal/${id}`);
  await page.getByPlaceholder('What should be looked into?').fill('Ascending or descending?');
  await page.getByRole('checkbox', { name: 'Planning waits for the answer' }).check();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  // As a paragraph: the field that it was typed in may hold the words a moment longer.
  await expect(page.getByRole('paragraph').filter({ hasText: 'Ascending or descending?' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Write the plan/ }).first()).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await page.getByPlaceholder('Your answer').first().fill('Ascending.');
  await page
    .getByRole('button', { name: /^Answer/ })
    .first()
    .click();
  await expect(page.getByRole('paragraph').filter({ hasText: /^Ascending\.$/ })).toBeVisible();
  await page
    .getByRole('button', { name: /Write the plan/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /Execute plan/ }).first()).toBeEnabled();
  await open('board');
  await expect(card('Plan', 'Sort the cart')).toHaveAccessibleName(/risk/);
});

test('a new run names what is wrong with its JSON, then starts dry and is shown', async () => {
  await open('settings');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('New run');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New run' });
  await dialog.getByLabel('What to do').fill('Look around');
  await dialog.getByRole('textbox', { name: 'Command' }).fill('ls');
  await dialog.getByRole('checkbox', { name: 'Dry run' }).check();
  await dialog.getByLabel('Metadata').fill('{"ticket": "OPS-12",\n "urgent" true}');
  await expect(dialog.getByText(/line 2, column 11/i)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Metadata').fill('{"ticket": "OPS-12"}');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/#\/run\//);
  await expect(page.getByText('Dry run: nothing can be applied')).toBeVisible();
});

test('a running run is stopped, with everything it started', async () => {
  await open('runs?new=run');
  const dialog = page.getByRole('dialog', { name: 'New run' });
  await dialog.getByLabel('What to do').fill('Wait a minute');
  await dialog.getByRole('textbox', { name: 'Command' }).fill('sleep 60');
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/#\/run\//);
  // A project that asks first holds it back: consent starts it.
  const approve = page.getByRole('button', { name: /^Approve/ });
  const banner = page.getByRole('banner');
  await expect(approve.or(banner.getByText('Running', { exact: true }))).toBeVisible();
  if (await approve.isVisible()) await approve.click();
  await expect(banner.getByText('Running', { exact: true })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /sleep 60/ })).toBeVisible();
  await page.keyboard.press('Shift+x');
  await page.getByRole('button', { name: 'Stop run' }).click();
  await expect(banner.getByText('Stopped')).toBeVisible();
  await expect
    .poll(async () => (await host.call<{ running: unknown[] }>('worker.status', {})).running)
    .toEqual([]);
});

test('a second tab sees the same decision as it is made', async () => {
  await propose('Seen in both tabs');
  const other = await page.context().newPage();
  await other.goto(`${host.home()}#/board`);
  const there = (stage: string): Locator =>
    other.getByRole('region', { name: stage, exact: true }).getByRole('listitem', { name: /Seen in both/ });
  await expect(there('Idea')).toBeVisible();
  await page.goto('about:blank');
  await open('board');
  await card('Idea', 'Seen in both').focus();
  await page.keyboard.press('d');
  await expect(there('Research')).toBeVisible();
  await expect(there('Idea')).toBeHidden();
  await other.close();
});

test('everything is paused from the palette, shown on every page, and resumed', async () => {
  await open('projects');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Pause everything');
  await page.keyboard.press('Enter');
  const banner = page.getByText('Everything is paused', { exact: false });
  await expect(banner).toBeVisible();
  await open('board');
  await expect(banner).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(banner).toBeHidden();
});

test('a reload keeps the session, and a host that was killed is found again', async () => {
  await open('board');
  await page.reload();
  await expect(card('Research', 'Seen in both')).toBeVisible();
  await host.kill();
  await expect(page.getByText(/reconnecting/i).first()).toBeVisible();
  await host.start();
  await propose('Made after the restart');
  await expect(card('Idea', 'Made after the restart')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('banner').getByText('Live')).toBeVisible();
});
