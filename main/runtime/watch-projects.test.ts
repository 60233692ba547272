import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectEventName } from '../domain/intent/event-name.ts';
import { createSilentLog } from '../shared/log.ts';
import { ok } from '../shared/result.ts';
import { createScope, type Scope } from '../shared/scope.ts';
import { listEvents } from '../store/trigger-event-store.ts';
import { createScheduleRoom, type ScheduleRoom } from './testing/schedule-room.ts';
import { createProjectWatch, type ProjectWatch } from './watch-projects.ts';

let room: ScheduleRoom;
let scope: Scope;
let watch: ProjectWatch;
let head: string;
let looks: number;
let applying: boolean;
let paths: string[];

beforeEach(async () => {
  room = await createScheduleRoom();
  scope = createScope('watch test');
  head = 'a1';
  looks = 0;
  applying = false;
  paths = ['src/a.ts'];
  watch = createProjectWatch({
    store: room.store,
    branches: {
      head: () => {
        looks += 1;
        return Promise.resolve(ok(head));
      },
      changed: () => Promise.resolve(ok(paths)),
    },
    applying: () => applying,
    clock: room.clock,
    log: createSilentLog(),
    scope,
  });
});
afterEach(async () => {
  await scope.close();
  await room.dispose();
});

async function look(): Promise<void> {
  room.clock.advance(60_000);
  watch.attend();
  await watch.settled();
  room.fire();
}

const waitFor = (more: { paths?: string[] } = {}): string =>
  room.add({ type: 'event', event: projectEventName(room.projectId), ...more });

it('asks git nothing while no intent waits for a project', async () => {
  await look();
  expect(looks).toBe(0);
});

it('fires when the branch stands elsewhere than before, not when it is seen first, and tells what changed', async () => {
  const id = waitFor();
  await look();
  await look();
  expect(room.ran(id)).toEqual([]);
  head = 'b2';
  await look();
  await look();
  expect(room.ran(id)).toHaveLength(1);
  const [event] = room.store.read((read) => listEvents(read, undefined, 5));
  expect(event?.payload).toMatchObject({ from: 'a1', to: 'b2', paths: ['src/a.ts'], more: false });
});

it('fires for changes in the paths that were asked for, and for no others', async () => {
  const docs = waitFor({ paths: ['docs/**'] });
  const source = waitFor({ paths: ['lib/**', 'src/*.ts'] });
  await look();
  head = 'b2';
  await look();
  expect([room.ran(docs).length, room.ran(source).length]).toEqual([0, 1]);
});

it('does not start an intent by the result of its own run', async () => {
  const id = waitFor();
  await look();
  head = 'b2';
  await look();
  room.store.write((write) => write.prepare(`UPDATE run SET applied_commit = 'c3'`).run());
  room.endRuns();
  head = 'c3';
  await look();
  expect(room.ran(id)).toHaveLength(1);
  expect(room.missed(id)[0]).toMatch(/^refused/u);
});

it('knows the roll-back of a run by the run, and not as a change from outside', async () => {
  const id = waitFor();
  await look();
  head = 'b2';
  await look();
  room.store.write((write) =>
    write
      .prepare(`UPDATE run SET applied_commit = 'c3', rolled_back_commit = 'd4', rolled_back_at = created_at`)
      .run(),
  );
  room.endRuns();
  head = 'd4';
  await look();
  expect(room.ran(id)).toHaveLength(1);
  expect(room.missed(id)[0]).toMatch(/^refused/u);
});

it('waits while a result is being applied, until it is known whose it is', async () => {
  const id = waitFor();
  await look();
  head = 'b2';
  applying = true;
  await look();
  expect(room.ran(id)).toEqual([]);
  applying = false;
  await look();
  expect(room.ran(id)).toHaveLength(1);
});

it('asks git at most every ten seconds, however often the loop ticks', async () => {
  waitFor();
  await look();
  const before = looks;
  for (let tick = 0; tick < 9; tick += 1) {
    room.clock.advance(1_000);
    watch.attend();
    await watch.settled();
  }
  expect(looks).toBe(before);
});
