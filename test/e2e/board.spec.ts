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

test('a window opens with what it showed last, and is filled anew once Homer has answered', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.request.post(`${dashboard}fixture/delay`, { data: { ms: 1_200 } });
  await page.reload({ waitUntil: 'commit' });
  const last = page.locator('#last-screen');
  await expect(last.locator('[data-card]').first()).toBeVisible();
  await expect(last.getByText('Connecting', { exact: true })).toBeVisible();
  await expect(page.locator('#root [data-card]')).toHaveCount(0);
  // It cannot be worked with, by pointer or by keys, and assistive technology is not told of it.
  await expect(cards(page, 'Idea')).toHaveCount(0);
  await expect(last).toHaveCount(0);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  // Laid out for another size, it would be wrong.
  await page.setViewportSize({ width: 900, height: 700 });
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('#root [aria-busy=true]').first()).toBeVisible();
  await expect(last).toHaveCount(0);
});

test('a skipped idea comes back with undo, and one that was approved', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('j');
  const ref = ((await cards(page, 'Idea').first().getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
  const name = new RegExp(`^${ref},`);
  await page.keyboard.press('e');
  await expect(page.getByText('Skipped.')).toBeVisible();
  await expect(column(page, 'Idea').getByRole('listitem', { name })).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(column(page, 'Idea').getByRole('listitem', { name })).toBeVisible();

  // An approval as well, by its button: the plan that is being written is given up.
  await column(page, 'Idea').getByRole('listitem', { name }).focus();
  await page.keyboard.press('a');
  await expect(column(page, 'Plan').getByRole('listitem', { name })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByText('Back in Idea. Its plan is no longer being written.')).toBeVisible();
  await expect(column(page, 'Idea').getByRole('listitem', { name })).toBeVisible();
});

test('a card is moved up and down its column by keys and by the pointer, and undo brings it back', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board`);
  const ideas = cards(page, 'Idea');
  await expect(ideas.first()).toBeVisible();
  const ref = async (at: number): Promise<string> =>
    ((await ideas.nth(at).getAttribute('aria-label')) ?? '').split(',')[0] ?? '';
  const [first, second] = [await ref(0), await ref(1)];
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => ref(0)).toBe(second);
  await expect(ideas.nth(1)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(() => ref(0)).toBe(first);
  const [from, over] = [await ideas.nth(2).boundingBox(), await ideas.nth(0).boundingBox()];
  if (!from || !over) throw new Error('the board is not laid out');
  const third = await ref(2);
  await page.mouse.move(from.x + 40, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(over.x + 60, over.y + 12, { steps: 4 });
  await expect(page.locator('[data-drop-line]')).toBeVisible();
  await page.mouse.up();
  await expect.poll(() => ref(0)).toBe(third);
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

test('a filter is kept as a view, which divides into lanes, is deleted, and comes back', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board`);
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.keyboard.press('f');
  const you = page.getByRole('button', { name: /^You \d+$/ });
  const shown = Number(((await you.textContent()) ?? '').replace(/\D/g, ''));
  await you.click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/waits=you/);
  await expect(cards(page, 'Idea')).toHaveCount(0);
  await expect(page.locator('[data-card]')).toHaveCount(shown);

  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.keyboard.type('Mine');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: /^Mine/ })).toBeVisible();
  await page.keyboard.press('w');
  await expect(page.getByRole('button', { name: /Fewer flaky tests/ })).toBeVisible();
  await expect(page.locator('[data-card]')).toHaveCount(shown);
  await page.getByRole('button', { name: /Fewer flaky tests/ }).click();
  expect(await page.locator('[data-card]').count()).toBeLessThan(shown);
  await page.getByRole('button', { name: /Fewer flaky tests/ }).click();

  await page.keyboard.press('v');
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await expect(page.getByText('View Mine deleted.')).toBeVisible();
  await expect(cards(page, 'Idea').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: /^Mine/ })).toBeVisible();

  // What was shown last is there again when its reader comes back, and in a window that is opened anew.
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page).toHaveURL(/inbox/);
  // What would start a run is kept first, and taken back as if it had not been decided.
  const failed = page.getByRole('option', { name: /Failed/ });
  await failed.first().waitFor();
  const before = await failed.count();
  await failed.first().click();
  await page.getByRole('button', { name: /^Retry/ }).click();
  await expect(failed).toHaveCount(before - 1);
  await page.keyboard.press('Control+z');
  await expect(failed).toHaveCount(before);
  await page.goto('about:blank');
  await page.goto(`${dashboard}#/board`);
  await expect(page).toHaveURL(/waits=you/);
});

test('a card is dragged from stage to stage within its lane', async ({ page, dashboard }) => {
  await page.goto(`${dashboard}#/board?lanes=goal`);
  const idea = page.getByRole('list', { name: 'Idea of Fewer flaky tests' }).getByRole('listitem').first();
  await expect(idea).toBeVisible();
  const title = (await idea.getAttribute('aria-label'))?.split(',')[0] ?? '';
  const box = await idea.boundingBox();
  if (!box) throw new Error('the board is not laid out');
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 40 + 3 * (box.width + 12), box.y + 40, { steps: 6 });
  await expect(page.getByText('It needs a plan first')).toBeVisible();
  await page.mouse.move(box.x + 40 + 2 * (box.width + 12), box.y + 40, { steps: 6 });
  await page.mouse.up();
  await expect(
    page
      .getByRole('list', { name: 'Plan of Fewer flaky tests' })
      .getByRole('listitem', { name: new RegExp(`^${title},`) }),
  ).toBeVisible();
});

test('a card takes the goal of the lane it is dropped in, and a folded lane stays folded', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard}#/board?lanes=goal`);
  const first = page.getByRole('list', { name: 'Idea of Fewer flaky tests' }).getByRole('listitem').first();
  await expect(first).toBeVisible();
  const ref = (await first.getAttribute('aria-label'))?.split(',')[0] ?? '';
  // By its menu, which offers what dragging does, however many lanes there are.
  await first.focus();
  await page.keyboard.press('.');
  await page.getByRole('menuitem', { name: /^Link to a goal/ }).click();
  await page.keyboard.type('no g');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${ref} is now: No goal.`)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(
    page
      .getByRole('list', { name: 'Idea of Fewer flaky tests' })
      .getByRole('listitem', { name: new RegExp(`^${ref},`) }),
  ).toBeVisible();
  await page.getByRole('button', { name: /^Fewer flaky tests/u }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Fewer flaky tests/u })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
});

test.describe('with ten thousand proposals', () => {
  test.use({ items: 10_000 });
  test('shows true counts and only the cards in sight', async ({ page, dashboard }) => {
    await page.goto(`${dashboard}#/board`);
    await expect(column(page, 'Idea').getByRole('heading', { name: 'Idea' })).toBeVisible();
    await expect(column(page, 'Idea')).toContainText('4445');
    expect(await page.locator('[data-card]').count()).toBeLessThan(120);

    // Each column is where it was left, and the chosen card is chosen, on the way back and after a reload.
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const chosen = column(page, 'Idea').locator('[data-card][tabindex="0"]');
    const ref = await chosen.getAttribute('aria-label');
    const plans = column(page, 'Plan').locator('[data-scroller]');
    await plans.evaluate((element) => {
      element.scrollTop = 4_321;
    });
    const place = (): Promise<number> => plans.evaluate((element) => Math.round(element.scrollTop));
    // Until the cards around it are measured.
    await page.waitForTimeout(300);
    const left = await place();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect(page).toHaveURL(/#\/runs/u);
    await page.keyboard.press('Control+[');
    await expect.poll(place).toBe(left);
    await page.reload();
    await expect.poll(place).toBe(left);
    await expect(chosen).toHaveAttribute('aria-label', ref ?? '');
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
