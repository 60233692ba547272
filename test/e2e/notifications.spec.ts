import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { OutputOf } from '../../preload/contract/operations.ts';
import { launchStandIn, until, type Desktop } from '../fakes/desktop/launch.ts';
import { startXfceSession, type XfceSession } from '../fakes/desktop/xfce-session.ts';
import { call, decisionsOf, propose } from './desktop/desktop-words.ts';
import { startRealHost, type RealHost } from './real-host.ts';

const pictures = path.join(import.meta.dirname, '..', '..', 'artifacts', 'notifications');
const ofIdea = ['Open', 'Approve', 'Details', 'Skip', 'Snooze 1 h'];
const ofPlan = ['Open', 'Execute', 'Reject', 'Suggest', 'Snooze 1 h'];
const ofTest = ['Open', 'It works'];
const ofReview = ['Open', 'Review', 'Snooze 1 h', 'Snooze to tonight', 'Snooze to tomorrow'];

// The windows belong to Homer's process, which ends before the recorder would look at them.
test.use({ trace: 'off', screenshot: 'off' });
test.skip(
  !existsSync('/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd'),
  'The notification daemon of Xfce is not installed (xfce4-notifyd, xdotool, imagemagick).',
);

let folder: string;
let session: XfceSession;
let desktop: Desktop | undefined;
let host: RealHost | undefined;

test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'homer-notified-'));
  session = await startXfceSession(path.join(folder, 'session'));
});
test.afterEach(async () => {
  if (desktop) {
    desktop.signal('SIGKILL');
    await desktop.ended;
    desktop = undefined;
  }
  await host?.end();
  host = undefined;
  await session.end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(busAddress = session.busAddress): Promise<Page> {
  desktop = await launchStandIn({ folder, busAddress });
  const page = await desktop.page();
  await call(page, 'flag.set', { key: 'runtime.discovery_enabled', value: 'off' });
  return page;
}

type Notices = OutputOf<'notification.list'>;
const notices = async (page: Page): Promise<Notices> =>
  ((await call(page, 'notification.list', {})) as { value: Notices }).value;
const picture = (name: string): string => path.join(pictures, `${name}.png`);
const gone = (): Promise<void> => until('the notification to go', () => session.count() === 0);

test('takes an idea to its review, every decision pressed with the mouse on a notification', async () => {
  const page = await start();
  const project = (await call(page, 'project.addDemo', {})) as { value: { id: string } };
  await call(page, 'project.update', {
    id: project.value.id,
    fields: {
      shellCommand: 'echo done > notified.txt; echo TASK_STATE: DONE',
      setupCommand: '',
      testCommand: '',
    },
  });
  const made = (await call(page, 'proposal.create', {
    title: 'Cache the index',
    summary: 'It is read again for every file.',
    projectId: project.value.id,
  })) as { value: { proposal: { id: string } } };
  const { id } = made.value.proposal;

  await session.shown(picture('idea'));
  await session.click('Approve', ofIdea);
  await expect.poll(() => decisionsOf(page, id)).toEqual([{ action: 'approve', channel: 'notification' }]);
  await until('the plan', async () => (await notices(page))[0]?.title === 'Plan ready: Cache the index');
  await session.shown(picture('plan'));
  await session.click('Execute', ofPlan);
  await expect
    .poll(async () => (await decisionsOf(page, id)).map(({ action }) => action))
    .toEqual(['approve', 'execute']);
  await until(
    'the review',
    async () => (await notices(page))[0]?.title === 'Ready to review: Cache the index',
    30_000,
  );
  await session.shown(picture('review'));
  await session.click('Review', ofReview);
  await expect.poll(() => page.url()).toMatch(/#\/run\/[0-9a-f-]+\/review$/u);
  expect((await notices(page)).map(({ title, outcome, channel }) => [title, outcome, channel])).toEqual([
    ['Ready to review: Cache the index', 'opened', 'dbus'],
    ['Plan ready: Cache the index', 'pressed', 'dbus'],
    ['New idea: Cache the index', 'pressed', 'dbus'],
  ]);
});

test('skips an idea, and opens the questions on Details', async () => {
  const page = await start();
  const skipped = await propose(page, 'Retry on 429');
  await session.shown(picture('skip'));
  await session.click('Skip', ofIdea);
  await expect.poll(() => decisionsOf(page, skipped)).toEqual([{ action: 'skip', channel: 'notification' }]);
  await gone();
  const asked = await propose(page, 'Typed config');
  await session.shown(picture('details'));
  await session.click('Details', ofIdea);
  await expect.poll(() => decisionsOf(page, asked)).toEqual([{ action: 'details', channel: 'notification' }]);
  await expect.poll(() => page.url()).toContain(`#/proposal/${asked}`);
});

test('takes a notification away once it was decided elsewhere', async () => {
  const page = await start();
  const id = await propose(page, 'Stream the parser');
  await session.shown(picture('elsewhere'));
  await call(page, 'proposal.decide', { id, version: 1, action: 'skip' });
  await gone();
  expect((await notices(page))[0]).toMatchObject({ outcome: 'withdrawn' });
});

test('decides by a button that was shown before a restart, and shows nothing twice', async () => {
  let page = await start();
  await call(page, 'flag.set', { key: 'notify.idea', value: 'urgent' });
  const id = await propose(page, 'Cache the index');
  await session.shown(picture('before-restart'));
  desktop?.signal('SIGKILL');
  await desktop?.ended;
  page = await start();
  await expect.poll(() => session.count()).toBe(1);
  await session.click('Approve', ofIdea);
  await expect.poll(() => decisionsOf(page, id)).toEqual([{ action: 'approve', channel: 'notification' }]);
});

test('snoozes from a notification', async () => {
  const page = await start();
  await propose(page, 'Cache the index');
  await session.shown(picture('snooze'));
  await session.click('Snooze 1 h', ofIdea);
  await expect.poll(() => call(page, 'inbox.list', {})).toMatchObject({ value: { total: 0, snoozed: 1 } });
});

test('opens the list of what waits where no session bus shows notifications', async () => {
  const page = await start('');
  await desktop?.act('notification/silence', { silent: true });
  await propose(page, 'Cache the index');
  await until('the next channels', async () => (await notices(page))[0]?.channel === 'quick', 20_000);
  expect((await notices(page))[0]?.outcomes.map(({ outcome, channel }) => `${outcome} ${channel}`)).toEqual([
    'sent ',
    'failed dbus',
    'failed electron',
    'shown quick',
  ]);
});

test('decides on notifications of the headless host too, and says what this machine supports', async () => {
  host = await startRealHost({ DBUS_SESSION_BUS_ADDRESS: session.busAddress });
  const home = host;
  const support = await home.call<OutputOf<'notification.support'>>('notification.support', {});
  expect(support.channels).toMatchObject([
    {
      name: 'dbus',
      available: true,
      server: expect.stringContaining('Xfce'),
      actions: true,
      lastPressedAt: null,
    },
  ]);
  const { proposal } = await home.call<OutputOf<'proposal.create'>>('proposal.create', {
    title: 'Cache the index',
  });
  await session.shown(picture('headless'));
  await session.click('Approve', ofIdea);
  await expect
    .poll(
      async () => (await home.call<OutputOf<'proposal.get'>>('proposal.get', { id: proposal.id })).decisions,
    )
    .toMatchObject([{ action: 'approve', channel: 'notification' }]);
  const after = await home.call<OutputOf<'notification.support'>>('notification.support', {});
  expect(after.channels[0]?.lastPressedAt).not.toBeNull();
});

test('says in Settings, while one looks, that the press of a test notification came back', async () => {
  const page = await start();
  await page.goto(`${new URL('/', page.url()).href}#/settings?section=notifications`);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByText(/^Shown by .+ after \d+ ms\.$/u)).toBeVisible();
  await expect(page.getByText('Look for it, and press its button.')).toBeVisible();
  await session.shown(picture('test'));
  await session.click('It works', ofTest);
  await expect(
    page.getByText(/^Its button came back [\d.]+ s later: decisions from notifications work\.$/u),
  ).toBeVisible();
  await page.screenshot({ path: picture('test-came-back') });
});
