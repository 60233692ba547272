import type { Page } from '@playwright/test';
import type { Picture } from './picture.ts';

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

export const settingsPictures: readonly Picture[] = [
  { name: 'projects', place: '#/projects' },
  { name: 'project-policy', place: '#/projects?part=policy' },
  {
    name: 'project-policy-tried',
    place: '#/projects?part=policy',
    prepare: async (page) => {
      await page.getByLabel('Try paths').fill('src/a.ts\n.env.local\n../aside');
      await page.getByLabel('Try some work').fill('Deploy it');
      await page.getByText('Waits for you as a draft').waitFor();
    },
  },
  { name: 'project-check', place: '#/projects?part=check' },
  { name: 'project-worktrees', place: '#/projects?part=worktrees' },
  { name: 'accounts', place: '#/accounts' },
  {
    name: 'account-detail',
    place: '#/accounts',
    prepare: async (page) => {
      await press('pro-2')(page);
      await page.getByRole('dialog', { name: 'pro-2' }).waitFor();
    },
  },
  {
    name: 'account-sign-in',
    place: '#/accounts',
    prepare: async (page) => {
      await press('Sign in…')(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'settings', place: '#/settings' },
  {
    name: 'settings-search',
    place: '#/settings',
    prepare: async (page) => {
      await page.getByLabel('Search settings').fill('kept');
      await page.getByRole('heading', { name: 'Data and backups' }).waitFor();
    },
  },
  { name: 'settings-appearance', place: '#/settings?section=appearance', states: ['typical'] },
  { name: 'settings-shortcuts', place: '#/settings?section=shortcuts', states: ['typical'] },
  {
    name: 'settings-shortcut-taken',
    place: '#/settings?section=shortcuts',
    prepare: async (page) => {
      await page.getByLabel('Search actions or keys').fill('board');
      await press('Skip E Change')(page);
      await page.keyboard.press('r');
      await page.getByRole('button', { name: 'Take it over' }).waitFor();
    },
  },
  { name: 'settings-notifications', place: '#/settings?section=notifications' },
  { name: 'settings-autonomy', place: '#/settings?section=autonomy', states: ['typical', 'empty', 'error'] },
  { name: 'settings-runtime', place: '#/settings?section=runtime' },
  { name: 'settings-permissions', place: '#/settings?section=permissions' },
  { name: 'settings-secrets', place: '#/settings?section=secrets' },
  { name: 'settings-backups', place: '#/settings?section=backups', states: ['typical', 'empty', 'error'] },
  {
    name: 'settings-restore',
    place: '#/settings?section=backups',
    states: ['typical'],
    prepare: async (page) => {
      await press(/^Restore homer-/)(page);
      await page.getByText('What you lose').waitFor();
    },
  },
  {
    name: 'settings-restore-bad',
    place: '#/settings?section=backups',
    states: ['typical'],
    prepare: async (page) => {
      await press(/^Restore homer-.*before-migration/)(page);
      await page.getByText('newer Homer').waitFor();
    },
  },
  { name: 'safe-mode', place: '?damage=damaged#/board', states: ['typical'] },
  { name: 'safe-mode-newer', place: '?damage=newer#/board', states: ['typical'] },
  {
    name: 'safe-mode-no-room',
    place: '?damage=no_room#/board',
    states: ['typical'],
    prepare: async (page) => {
      await press('Try again')(page);
      await page.getByText('It is as it was').waitFor();
    },
  },
  { name: 'settings-about', place: '#/settings?section=about' },
];
