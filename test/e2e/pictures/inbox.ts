import { named, runId } from '../../fixtures/run-server/world.ts';
import type { Picture } from './picture.ts';

const quick = { width: 420, height: 560 };
const item = (name: keyof typeof named): string => `#/inbox?item=run%3A${runId(named[name])}`;

export const inboxPictures: readonly Picture[] = [
  { name: 'inbox', place: '#/inbox' },
  {
    name: 'inbox-plan',
    place: '#/inbox',
    states: ['typical'],
    prepare: async (page) => {
      await page.getByText('Return 404 instead of an empty page').first().click();
      await page.getByRole('button', { name: /^Execute plan/u }).waitFor();
    },
  },
  { name: 'inbox-review', place: item('review'), world: 'runs', states: ['typical'] },
  { name: 'inbox-question', place: item('blocked'), world: 'runs', states: ['typical'] },
  { name: 'inbox-permission', place: item('asking'), world: 'runs', states: ['typical'] },
  { name: 'inbox-failed', place: item('failed'), world: 'runs', states: ['typical'] },
  {
    name: 'inbox-several',
    place: item('failed'),
    world: 'runs',
    prepare: async (page) => {
      for (let count = 0; count < 3; count += 1) await page.keyboard.press('Shift+J');
      await page.getByRole('heading', { name: '4 selected' }).waitFor();
    },
  },
  { name: 'inbox-snoozed', place: '#/inbox?list=snoozed' },
  { name: 'inbox-done', place: '#/inbox?list=done' },
  { name: 'briefings', place: '#/briefings' },
  { name: 'quick', place: '#/quick', size: quick },
  { name: 'quick-runs', place: '#/quick', size: quick, world: 'runs', states: ['typical'] },
  {
    name: 'quick-decided',
    place: '#/quick',
    size: quick,
    prepare: async (page) => {
      // Nothing is decided in the first half second.
      await page.waitForTimeout(700);
      await page.keyboard.press('h');
      await page.keyboard.press('ArrowRight');
      await page.getByText('Snoozed for an hour').waitFor();
    },
  },
  {
    name: 'palette',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'palette-found',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('index');
      await page.getByRole('option', { name: /Cache the package index/u }).waitFor();
    },
  },
  {
    name: 'shortcuts',
    place: '#/board',
    prepare: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
