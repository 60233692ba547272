import type { Page } from '@playwright/test';
import { named, runId } from '../../fixtures/run-server/world.ts';
import type { Density } from '../../../renderer/ui/density.ts';
import type { Picture } from './picture.ts';

const run = (name: keyof typeof named): string => `#/run/${runId(named[name])}`;

const one = ['typical'] as const;
const grid = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  await page.getByRole('grid', { name: 'Runs' }).focus();
  for (const key of ['Home', ...keys]) await page.keyboard.press(key);
};

/** As another window of Homer would choose it; what is looked at next starts as usual again. */
const dense = (density: Density) => (page: Page) =>
  page.evaluate((value) => {
    localStorage.setItem('homer.preferences', JSON.stringify({ density: value }));
    window.dispatchEvent(new StorageEvent('storage', { key: 'homer.preferences' }));
    localStorage.removeItem('homer.preferences');
  }, density);

export const runPictures: readonly Picture[] = [
  { name: 'runs', place: '#/runs', world: 'runs' },
  { name: 'runs-compact', place: '#/runs', world: 'runs', prepare: dense('compact') },
  { name: 'run-roomy', place: run('running'), world: 'runs', prepare: dense('comfortable') },
  {
    name: 'runs-peek',
    place: '#/runs',
    world: 'runs',
    prepare: async (page) => {
      await grid(page, 'j', 'j', 'Space');
      await page.getByRole('dialog').getByText('What it is about').waitFor();
    },
  },
  {
    name: 'runs-menu',
    place: '#/runs',
    world: 'runs',
    prepare: async (page) => {
      await grid(page, 'j', '.');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'run',
    place: run('running'),
    world: 'runs',
    states: ['typical', 'error', 'loading'],
  },
  { name: 'run-waterfall', place: `${run('running')}?lens=waterfall`, world: 'runs', states: one },
  { name: 'run-raw', place: `${run('running')}?lens=raw&event=e40`, world: 'runs', states: one },
  { name: 'run-huge', place: run('huge'), world: 'runs', states: ['typical', 'overloaded'] },
  { name: 'run-failed', place: run('failed'), world: 'runs', states: one },
  { name: 'run-file', place: `${run('applied')}?event=e49`, world: 'runs', states: one },
  { name: 'run-blocked', place: run('blocked'), world: 'runs', states: one },
  { name: 'run-asking', place: run('asking'), world: 'runs', states: one },
  { name: 'run-draft', place: run('draft'), world: 'runs', states: one },
  { name: 'run-queued', place: run('queued'), world: 'runs', states: one },
  { name: 'run-retrying', place: run('retrying'), world: 'runs', states: one },
  { name: 'run-paused', place: run('paused'), world: 'runs', states: one },
  { name: 'run-stages', place: `${run('workflow')}?lens=waterfall`, world: 'runs', states: one },
  { name: 'run-applied', place: run('applied'), world: 'runs', states: one },
  { name: 'run-evidence', place: `${run('applied')}?tab=pack`, world: 'runs', states: one },
  { name: 'run-attempts', place: `${run('failed')}?tab=attempts`, world: 'runs', states: one },
  {
    name: 'run-stop',
    place: run('paused'),
    world: 'runs',
    prepare: async (page) => {
      await page.getByRole('tree', { name: 'Timeline' }).waitFor();
      await page.keyboard.press('Shift+X');
      await page.getByRole('button', { name: 'Keep running' }).waitFor();
    },
  },
  {
    name: 'run-find',
    place: run('applied'),
    world: 'runs',
    prepare: async (page) => {
      await page.getByRole('tree', { name: 'Timeline' }).waitFor();
      await page.getByRole('button', { name: 'Find in this run' }).click();
      await page.getByRole('search').getByRole('textbox').fill('drain');
      await page.getByRole('search').getByText('found').waitFor();
    },
  },
  { name: 'new-run', place: '#/runs?new=run', world: 'runs', states: one },
];
