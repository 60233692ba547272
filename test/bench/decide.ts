import { createNoticeCentre } from '../../main/approvals/notice-centre.ts';
import { createHandNotifier } from '../../main/approvals/testing/hand-notifier.ts';
import { decideItem } from '../../main/api/decide-item.ts';
import { findInstallation } from '../../main/boot/folders.ts';
import { createSystemClock } from '../../main/shared/clock.ts';
import { createIds } from '../../main/shared/ids.ts';
import { createSilentLog } from '../../main/shared/log.ts';
import { unwrap } from '../../main/shared/result.ts';
import { createScope } from '../../main/shared/scope.ts';
import { insertProposal } from '../../main/store/proposal-store.ts';
import { openStore } from '../../main/store/store.ts';
import { figure, type Figure } from './figure.ts';
import { scratch } from './host.ts';

const IDEAS = 60;
const GOAL_MS = 100;

/** From the press of a button, as its channel tells it, to the decision on the disk, over a database with ideas in it. */
export async function benchDecide(): Promise<Figure[]> {
  const place = scratch('decide');
  const scope = createScope('bench');
  const clock = createSystemClock();
  const log = createSilentLog();
  const ids = createIds(clock);
  const store = unwrap(
    await openStore({
      folder: place.folder,
      migrationsFolder: findInstallation().migrations,
      clock,
      ids,
      log,
      scope,
    }),
  );
  const channel = createHandNotifier('electron');
  const centre = createNoticeCentre({ store, decide: decideItem, clock, ids, log, scope, host: 'desktop' });
  store.write((write) => {
    for (let n = 0; n < IDEAS; n += 1)
      insertProposal(
        write,
        {
          title: `Idea ${String(n)}`,
          summary: 'It is read again for every file.',
          content: '',
          source: 'owner',
          sourceRef: '',
          fingerprint: `bench ${String(n)}`,
          relevance: 40,
          projectId: null,
          goalId: null,
          parentId: null,
          expiresAt: null,
        },
        'bench',
      );
    for (const [key, value] of [
      ['notify.at_once', '20'],
      ['notify.most', '100'],
    ])
      write
        .prepare('INSERT INTO runtime_flag (key, value, updated_at) VALUES (?, ?, ?)')
        .run(key, value, write.now);
  });
  // More than are told at once come as a summary: they are told in groups.
  const pressed: number[] = [];
  const bare: number[] = [];
  store.write((write) => {
    write.prepare('UPDATE proposal SET snoozed_until = ? WHERE number > 20').run('2999-01-01T00:00:00.000Z');
  });
  centre.attach({ channels: [channel], open: () => undefined });
  for (let group = 0; group < IDEAS / 20; group += 1) {
    store.write((write) => {
      write
        .prepare(
          'UPDATE proposal SET snoozed_until = NULL, version = version + 1 WHERE number BETWEEN ? AND ?',
        )
        .run(group * 20 + 1, group * 20 + 20);
      write.emit({ type: 'proposalSnoozed', entity: 'proposal', entityId: 'bench', actor: 'bench' });
    });
    while (channel.shown.length < (group + 1) * 20) await clock.sleep(scope, 50);
    for (const { notice, heard } of channel.shown.slice(group * 20)) {
      const button = notice.buttons.find(({ label }) => label === 'Skip');
      if (!button) throw new Error('A notice has no Skip.');
      const began = clock.monotonic();
      heard({ kind: 'pressed', by: 'electron', button: button.id });
      pressed.push(clock.monotonic() - began);
      const bareBegan = clock.monotonic();
      store.probe();
      bare.push(clock.monotonic() - bareBegan);
    }
  }
  const decided = store.read((read) => read.prepare(`SELECT COUNT(*) AS n FROM decision`).get());
  await scope.close();
  place.remove();
  if (decided?.['n'] !== IDEAS)
    throw new Error(`${String(decided?.['n'])} of ${String(IDEAS)} presses decided.`);
  return [
    figure({
      name: 'button press to committed decision',
      unit: 'ms',
      values: pressed,
      baselines: bare,
      against: 'a bare commit to the same disk',
      goal: `≤ ${String(GOAL_MS)} ms`,
      met: (value) => value <= GOAL_MS,
    }),
  ];
}
