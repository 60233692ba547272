import { expect, test, type Page } from '@playwright/test';
import { declareScriptedPlanner, scriptedPlan, type ScriptedPlanner } from '../runtime/scripted-planner.ts';
import { takeHere } from './pictures/take-here.ts';
import { startRealHost, type RealHost } from './real-host.ts';

/** Planning by an agent program in the built dashboard on the built host. */
test.describe.configure({ mode: 'serial', timeout: 40_000 });

let host: RealHost;
let page: Page;
let agent: ScriptedPlanner;
const failures: string[] = [];

test.beforeAll(async ({ browser }) => {
  host = await startRealHost();
  await host.stop();
  agent = declareScriptedPlanner(host.dataDir);
  await host.start();
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.on('pageerror', (error) => failures.push(error.message));
});
test.afterAll(async () => {
  await page.context().close();
  await host.end();
});

test('an idea is planned by an agent program, edited by its owner, and executed', async () => {
  await host.signIn(page);
  await page.getByRole('button', { name: /Try the demo project/ }).click();
  await expect(page.getByRole('region', { name: 'Idea', exact: true }).getByRole('listitem')).toHaveCount(2);
  await expect(page).toHaveTitle(/Board/);

  const planner = page.getByRole('combobox', { name: 'Planner', exact: true });
  // The demo is still being read: whoever goes elsewhere meanwhile stays there.
  await page.goto(`${host.home()}#/settings?section=schedule`);
  await planner.click();
  await page.getByRole('option', { name: 'Scripted agent' }).click();
  await expect(planner).toContainText('Scripted agent');

  agent.says({
    text: `I read it.\n${JSON.stringify({
      ...scriptedPlan,
      steps: ['Read the failing test', 'Run npm install left-pad'],
      testCommand: 'npm run other',
      questions: [{ question: 'Which words count?', required: false, suggestions: ['All', 'Long ones'] }],
    })}`,
  });
  const board = await host.call<{ columns: { cards: { id: string; title: string }[] }[] }>(
    'proposal.board',
    {},
  );
  const idea = board.columns
    .flatMap(({ cards }) => cards)
    .find(({ title }) => title.startsWith('Tests fail'));
  await page.goto(`${host.home()}#/proposal/${idea?.id ?? ''}`);
  await page.getByRole('button', { name: /^Approve/ }).click();

  await expect(page.getByText('Run npm install left-pad', { exact: true })).toBeVisible();
  await expect(page.getByText('cost unknown, 12,000 tokens, 5 min')).toBeVisible();
  await expect(page.getByText('The planner would test with npm run other.')).toBeVisible();
  await expect(page.getByText(/mentions package install/i)).toBeVisible();
  await expect(page.getByText('Which words count?')).toBeVisible();
  await takeHere(page, 'planner-planned');
  await page.getByRole('button', { name: 'Keep the project’s' }).click();
  await expect(page.getByText('The planner would test with npm run other.')).toBeHidden();

  await page.getByRole('button', { name: 'Edit plan' }).click();
  await page.getByRole('button', { name: 'Remove step 2' }).click();
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('textbox', { name: 'Step 2' }).fill('Join every word');
  await page.getByRole('button', { name: 'Move step 2 up' }).click();
  await page.getByRole('textbox', { name: 'Estimated tokens' }).fill('');
  await takeHere(page, 'planner-editing');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByText(/Version 3, written by you/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Join every word' })).toHaveText(/^1/);
  await expect(page.getByText('cost unknown, tokens unknown, 5 min')).toBeVisible();

  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByRole('button', { name: /^Answer/ }).click();
  await expect(page.getByRole('button', { name: 'Plan again with the answers' })).toBeVisible();
  await page.getByRole('button', { name: /^Execute/ }).click();
  await page.getByRole('button', { name: /Start the run/ }).click();
  await expect
    .poll(async () => (await host.call<{ rows: { status: string }[] }>('run.list', {})).rows[0]?.status, {
      timeout: 30_000,
    })
    .toBe('review');
  expect(failures.splice(0)).toEqual([]);
});

test('an answer that is no plan is shown, and the plan is written by hand', async () => {
  const [project] = await host.call<{ id: string }[]>('project.list', {});
  const made = await host.call<{ proposal: { id: string; version: number } }>('proposal.create', {
    title: 'By hand',
    projectId: project?.id,
  });
  const { id, version } = made.proposal;
  agent.says({ text: 'I would rather not say.' });
  await host.call('proposal.decide', { id, version, action: 'approve' });
  await page.goto(`${host.home()}#/proposal/${id}`);
  await expect(page.getByText('Planning failed.')).toBeVisible();
  await page.getByText('What the planner said').first().click();
  await expect(page.getByText('I would rather not say.', { exact: true })).toBeVisible();
  await takeHere(page, 'planner-failed');
  await page.getByRole('button', { name: 'Write it by hand' }).click();
  await page.getByRole('textbox', { name: 'Step 1' }).fill('Do it myself');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByText(/Version 1, written by you/)).toBeVisible();
  expect(failures.splice(0)).toEqual([]);
});

test('in research the planner is asked for open questions', async () => {
  const [project] = await host.call<{ id: string }[]>('project.list', {});
  const made = await host.call<{ proposal: { id: string; version: number } }>('proposal.create', {
    title: 'Unclear',
    projectId: project?.id,
  });
  const { id, version } = made.proposal;
  await host.call('proposal.decide', { id, version, action: 'details' });
  agent.says({
    text: JSON.stringify({
      ...scriptedPlan,
      steps: [],
      questions: [{ question: 'For whom is it?', required: true, suggestions: ['Everyone', 'Only me'] }],
    }),
  });
  await page.goto(`${host.home()}#/proposal/${id}`);
  await page.getByRole('button', { name: 'Have the planner ask' }).click();
  await expect(page.getByText('For whom is it?')).toBeVisible();
  await takeHere(page, 'planner-questions');
  await page.getByRole('button', { name: 'Everyone' }).click();
  await page.getByRole('button', { name: /^Answer/ }).click();
  await expect(page.getByRole('button', { name: 'Change answer' })).toBeVisible();
  expect(failures.splice(0)).toEqual([]);
});
