import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { OutputOf } from '../../preload/contract/operations.ts';
import { named, runId } from '../fixtures/run-server/world.ts';
import { startRunFixture } from '../fixtures/run-server/server.ts';
import { startFixture } from '../fixtures/ui-server/server.ts';
import { fillForPictures } from './picture-world.ts';
import { startRealHost } from './real-host.ts';

/**
 * Pictures of every view for people to judge, in `artifacts/screens/`. They compare nothing, so they are made only when asked for:
 * `HOMER_SCREENS=1 npx playwright test screens`.
 */
test.skip(process.env['HOMER_SCREENS'] !== '1', 'pictures are made only with HOMER_SCREENS=1');

const root = 'out/renderer';
const folder = path.join(import.meta.dirname, '..', '..', 'artifacts', 'screens');
const schemes = ['light', 'dark'] as const;

async function shoot(page: Page, address: string, name: string, loading = false): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('main').waitFor();
  if (loading) await page.waitForTimeout(600);
  else await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  // Nothing may stand beside the window: what is wider scrolls in its own place.
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    name,
  ).toBeLessThanOrEqual(0);
}

const tell = (url: string, what: string, body: object): Promise<Response> =>
  fetch(new URL(`/fixture/${what}`, url), { method: 'POST', body: JSON.stringify(body) });

const run = (name: keyof typeof named): string => `#/run/${runId(named[name])}`;
const typical: readonly (readonly [string, string])[] = [
  ['board', '#/board'],
  ['inbox', '#/inbox'],
  ['projects', '#/projects'],
  ['project-policy', '#/projects?part=policy'],
  ['project-check', '#/projects?part=check'],
  ['project-worktrees', '#/projects?part=worktrees'],
  ['settings', '#/settings'],
  ['settings-runtime', '#/settings?section=runtime'],
  ['settings-notifications', '#/settings?section=notifications'],
  ['settings-permissions', '#/settings?section=permissions'],
  ['settings-secrets', '#/settings?section=secrets'],
  ['settings-about', '#/settings?section=about'],
  ['inbox-snoozed', '#/inbox?list=snoozed'],
  ['inbox-done', '#/inbox?list=done'],
  ['schedule', '#/schedule'],
  ['schedule-week', '#/schedule?view=week'],
  ['schedule-day', '#/schedule?view=day'],
  ['insights', '#/insights'],
  ['briefing', '#/briefings'],
  ['accounts', '#/accounts'],
  ['goals', '#/goals?show=all'],
  ['new-intent', '#/schedule?edit=new'],
];
const runs: readonly (readonly [string, string])[] = [
  ['runs', '#/runs'],
  ['run', run('running')],
  ['run-failed', run('failed')],
  ['run-blocked', run('blocked')],
  ['run-asking', run('asking')],
  ['run-applied', run('applied')],
  ['review', `${run('review')}/review`],
  ['new-run', '#/runs?new=run'],
];

test('every view in both themes', async ({ page }) => {
  test.setTimeout(240_000);
  const ui = await startFixture({ root, proposals: 26, intents: 24, goals: 11, firstRun: false, port: 0 });
  const runFixture = await startRunFixture({ root });
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [name, place] of typical) await shoot(page, ui.url + place, `${name}-${colorScheme}`);
    await shoot(page, `${ui.url}#/board`, `board-${colorScheme}`);
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await page.keyboard.press('Space');
    await page.getByRole('dialog').waitFor();
    await page.screenshot({ path: path.join(folder, `proposal-${colorScheme}.png`) });
    for (const [name, place] of runs) await shoot(page, runFixture.url + place, `${name}-${colorScheme}`);
  }
  await ui.stop();
  await runFixture.stop();
});

test('every view narrow, at 200 %, and from right to left', async ({ browser }) => {
  test.setTimeout(300_000);
  const ui = await startFixture({ root, proposals: 26, intents: 24, goals: 11, firstRun: false, port: 0 });
  const runFixture = await startRunFixture({ root });
  const shapes = [
    { shape: 'narrow', viewport: { width: 720, height: 900 } },
    // What is left of 1440 by 900 when everything is twice as large.
    { shape: 'zoomed', viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
    { shape: 'rtl', viewport: { width: 1280, height: 800 } },
  ];
  for (const { shape, ...options } of shapes) {
    const context = await browser.newContext({ ...options, colorScheme: 'light', reducedMotion: 'reduce' });
    if (shape === 'rtl')
      await context.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () => {
          document.documentElement.dir = 'rtl';
        });
      });
    const page = await context.newPage();
    for (const [name, place] of typical) await shoot(page, ui.url + place, `${name}-${shape}`);
    for (const [name, place] of runs) await shoot(page, runFixture.url + place, `${name}-${shape}`);
    await context.close();
  }
  await ui.stop();
  await runFixture.stop();
});

test('every view empty, overloaded, while it loads, and when it cannot be read', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const first = await startFixture({ root, proposals: 0, firstRun: true, port: 0 });
  await shoot(page, `${first.url}#/board`, 'onboarding');
  await first.stop();
  const empty = await startFixture({ root, proposals: 0, intents: 0, goals: 0, firstRun: false, port: 0 });
  for (const [name, place] of typical) await shoot(page, empty.url + place, `${name}-empty`);
  await empty.stop();
  const many = await startFixture({
    root,
    proposals: 1_000,
    intents: 1_000,
    goals: 1_000,
    firstRun: false,
    port: 0,
  });
  for (const [name, place] of typical) await shoot(page, many.url + place, `${name}-1000`);
  await tell(many.url, 'fail', {});
  for (const [name, place] of typical) await shoot(page, many.url + place, `${name}-error`);
  await tell(many.url, 'fail', { off: true });
  await tell(many.url, 'delay', { ms: 30_000 });
  for (const [name, place] of typical) await shoot(page, many.url + place, `${name}-loading`, true);
  await many.stop();
});

test('the pictures of the documentation', async ({ page }) => {
  test.skip(process.env['HOMER_SCREENS_DOCS'] !== '1', 'replaced only with HOMER_SCREENS_DOCS=1');
  test.setTimeout(180_000);
  const host = await startRealHost();
  const repositories = mkdtempSync(path.join(tmpdir(), 'homer-pictures-'));
  const docs = path.join('..', '..', 'docs', 'screenshots');
  await page.setViewportSize({ width: 1440, height: 900 });
  try {
    await host.signIn(page);
    const run = await fillForPictures(host, repositories, async (ask) => {
      let answer = await ask();
      await expect(async () => {
        answer ??= await ask();
        expect(answer).toBeDefined();
      }).toPass({ timeout: 90_000 });
      if (answer === undefined) throw new Error('It never came.');
      return answer;
    });
    await page.goto(`${host.home()}#/board`);
    await page.getByRole('button', { name: 'Hide the first steps' }).click();
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await shoot(page, `${host.home()}#/board`, path.join(docs, `board-${colorScheme}`));
      await page.goto(`${host.home()}#/run/${run}`);
      const row = page
        .getByRole('tree', { name: 'Timeline' })
        .getByRole('treeitem', { name: /Tests passed/ });
      await row.click();
      await expect(page.getByText('duration_ms')).toBeVisible();
      await page.screenshot({ path: path.join(folder, docs, `run-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`${host.home()}#/run/${run}/review`);
    await expect(page.getByRole('group', { name: 'Changes', exact: true })).toContainText('slug');
    // Colours of the syntax come from a worker.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: path.join(folder, docs, 'review-light.png') });
  } finally {
    // A run outlives its host by design.
    const { rows } = await host.call<OutputOf<'run.list'>>('run.list', {});
    for (const { id, status } of rows) if (status === 'running') await host.call('run.stop', { id });
    await host.end();
    rmSync(repositories, { recursive: true, force: true });
  }
});
