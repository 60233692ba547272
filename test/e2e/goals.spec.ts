import type { Locator, Page } from '@playwright/test';
import { expect, test } from './dashboard.ts';

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Goals' });
const active = (page: Page): Locator => tree(page).locator('[data-selected]');

test.describe('with goals in every state', () => {
  test.use({ goals: 11 });

  test('a goal is found, measured, linked, achieved and brought back by keyboard alone', async ({
    page,
    dashboard,
  }) => {
    await page.goto(`${dashboard}#/board`);
    await expect(page.getByRole('link', { name: 'Goals' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await expect(tree(page).getByRole('row').first()).toBeVisible();

    // → opens and goes down, ← goes back up and closes.
    await page.keyboard.press('j');
    await expect(active(page)).toContainText('Fewer flaky tests');
    await page.keyboard.press('ArrowRight');
    await expect(active(page)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(active(page)).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(active(page)).toHaveAttribute('aria-expanded', 'false');

    await page.keyboard.press('Enter');
    const reading = page.getByLabel('Now: fail rate, %');
    await expect(page.getByText('fail rate went from 4.2 to 2.1')).toBeVisible();
    await reading.fill('0.5');
    await reading.press('Enter');
    await expect(page.getByText('fail rate went from 4.2 to 0.5')).toBeVisible();
    await expect(active(page)).toContainText('100 %');

    await tree(page).focus();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: /^Link a proposal/ });
    await expect(dialog.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('is linked.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    await tree(page).focus();
    await page.keyboard.press('a');
    await expect(page.getByText('Fewer flaky tests is achieved.')).toBeVisible();
    await expect(tree(page).getByText('Fewer flaky tests')).toBeHidden();
    await page.keyboard.press('Control+z');
    await expect(tree(page).getByText('Fewer flaky tests')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'What moves it' })).toBeHidden();
  });
});

test.describe('without a goal', () => {
  test.use({ goals: 0 });

  test('the first goal is asked for, and a form that is not whole says where', async ({
    page,
    dashboard,
  }) => {
    await page.goto(`${dashboard}#/goals`);
    await expect(page.getByText('What should be true in a month?')).toBeVisible();
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: 'New goal' });
    await dialog.getByLabel('Priority').fill('high');
    await page.keyboard.press('Control+Enter');
    await expect(dialog.getByLabel('What should be true')).toBeFocused();
    await expect(dialog.getByText('Give a whole number from 0 to 100.')).toBeVisible();
    await dialog.getByLabel('What should be true').fill('The suite can be trusted');
    await dialog.getByLabel('Priority').fill('80');
    await page.keyboard.press('Control+Enter');
    await expect(tree(page).getByRole('row')).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('What should be true in a month?')).toBeVisible();
  });
});
