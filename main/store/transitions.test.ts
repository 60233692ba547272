import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goalMachine, type GoalAction } from '../domain/goal/status.ts';
import { intentMachine } from '../domain/intent/status.ts';
import { actionsFrom } from '../domain/machine.ts';
import { proposalMachine } from '../domain/proposal/stage.ts';
import { runMachine, type RunAction } from '../domain/run/status.ts';
import { insertDecision, listDecisions } from './decision-store.ts';
import { lastEventSeq, listEventsAfter } from './domain-event-store.ts';
import { insertGoal, transitionGoal } from './goal-store.ts';
import { getIntent, transitionIntent } from './intent-store.ts';
import { updateProject } from './project-store.ts';
import { getProposal, insertProposal, transitionProposal, updateProposal } from './proposal-store.ts';
import { appendRunEvents, lastRunEventSeq, listRunEvents } from './run-event-store.ts';
import { getRun } from './run-store.ts';
import { transitionRun } from './transition-run.ts';
import { addProject, addProposal, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
let project: string;
beforeEach(async () => {
  bench = await createTestStore();
  project = bench.store.write((write) => addProject(write));
});
afterEach(() => bench.dispose());

const inState = (table: string, column: string, id: string, state: string): void => {
  bench.store.write((write) =>
    write.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`).run(state, id),
  );
};
/** The database as text: equal before and after means that nothing was written. */
const everything = (table: string): unknown =>
  bench.store.read((read) => [lastEventSeq(read), read.prepare(`SELECT * FROM ${table}`).all()]);

describe('a proposal', () => {
  it('moves by every row of its table with exactly one event, and by no other', () => {
    const id = bench.store.write((write) => addProposal(write));
    const all = new Set(proposalMachine.rows.map((row) => row.on));
    for (const from of proposalMachine.states)
      for (const on of all) {
        inState('proposal', 'stage', id, from);
        const { version } = bench.store.read((read) => getProposal(read, id));
        const before = everything('proposal');
        const events = bench.events();
        const moved = bench.store.tryWrite((write) => transitionProposal(write, id, version, on, 'tester'));
        if (actionsFrom(proposalMachine, from).includes(on)) {
          expect(moved).toMatchObject({ ok: true, value: { from } });
          const heard = bench.store.read((read) => listEventsAfter(read, events, 10));
          expect(heard).toMatchObject([{ entity: 'proposal', entityId: id, payload: { from } }]);
          expect(bench.store.read((read) => getProposal(read, id)).version).toBe(version + 1);
        } else {
          expect(moved).toMatchObject({ ok: false, error: { tag: 'illegal_transition' } });
          expect(everything('proposal')).toEqual(before);
        }
      }
  });

  it('refuses a version that was overtaken, and writes nothing', () => {
    const id = bench.store.write((write) => addProposal(write));
    bench.store.write((write) => updateProposal(write, id, 1, { title: 'Better' }, 'tester'));
    const before = everything('proposal');
    for (const work of [
      () => bench.store.tryWrite((write) => transitionProposal(write, id, 1, 'approve', 'tester')),
      () => bench.store.tryWrite((write) => updateProposal(write, id, 1, { title: 'Worse' }, 'tester')),
    ])
      expect(work()).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
    expect(everything('proposal')).toEqual(before);
  });

  it('is there once for each fingerprint, whatever became of it', () => {
    const id = bench.store.write((write) => addProposal(write, { fingerprint: 'same' }));
    inState('proposal', 'stage', id, 'rejected');
    const before = everything('proposal');
    const { title, summary, content, source, sourceRef, relevance } = bench.store.read((read) =>
      getProposal(read, id),
    );
    const again = bench.store.write((write) =>
      insertProposal(
        write,
        {
          title,
          summary,
          content,
          source,
          sourceRef,
          relevance,
          fingerprint: 'same',
          projectId: project,
          goalId: null,
          parentId: null,
          expiresAt: null,
        },
        'tester',
      ),
    );
    expect(again).toBeNull();
    expect(everything('proposal')).toEqual(before);
  });
});

describe('a run', () => {
  it('moves by every row of its table with one event in the stream and one in its timeline, and by no other', () => {
    const id = bench.store.write((write) => addRun(write, project));
    const all = new Set<RunAction>(runMachine.rows.map((row) => row.on));
    for (const from of runMachine.states)
      for (const on of all) {
        inState('run', 'status', id, from);
        const before = everything('run');
        const events = bench.events();
        const seq = bench.store.read((read) => lastRunEventSeq(read, id));
        const moved = bench.store.tryWrite((write) => transitionRun(write, id, on, 'tester'));
        if (actionsFrom(runMachine, from).includes(on)) {
          expect(moved.ok).toBe(true);
          expect(bench.store.read((read) => listEventsAfter(read, events, 10))).toMatchObject([
            { entity: 'run', entityId: id, payload: { from } },
          ]);
          expect(
            bench.store.read((read) => listRunEvents(read, id, { after: seq, limit: 10 })),
          ).toMatchObject([{ seq: seq + 1, type: 'status_changed', payload: { from, on, actor: 'tester' } }]);
        } else {
          expect(moved).toMatchObject({ ok: false, error: { tag: 'illegal_transition' } });
          expect(everything('run')).toEqual(before);
        }
      }
  });

  it('refuses a version that was overtaken', () => {
    const id = bench.store.write((write) => addRun(write, project));
    const before = everything('run');
    const moved = bench.store.tryWrite((write) => transitionRun(write, id, 'stop', 'tester', { version: 7 }));
    expect(moved).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
    expect(everything('run')).toEqual(before);
  });

  it('numbers its timeline without a gap, whatever fails between', () => {
    const id = bench.store.write((write) => addRun(write, project));
    const message = { type: 'message', payload: { step: 1, text: 'Hello.' } } as const;
    for (let turn = 0; turn < 20; turn += 1) {
      bench.store.write((write) =>
        appendRunEvents(
          write,
          id,
          Array.from({ length: turn % 3 }, () => message),
        ),
      );
      expect(() =>
        bench.store.write((write) => {
          appendRunEvents(write, id, [message]);
          throw new Error('and then the power went');
        }),
      ).toThrow(/power/u);
    }
    const events = bench.store.read((read) => listRunEvents(read, id, { after: 0, limit: 1_000 }));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(bench.store.read((read) => lastRunEventSeq(read, id))).toBe(events.length);
  });

  it('stores no timeline entry that is not what its kind says', () => {
    const id = bench.store.write((write) => addRun(write, project));
    const before = everything('run_event');
    const wrong = { type: 'message', payload: { step: 'one', text: 4 } } as never;
    expect(() => bench.store.write((write) => appendRunEvents(write, id, [wrong]))).toThrow();
    expect(everything('run_event')).toEqual(before);
  });

  it('is read from either end of its timeline', () => {
    const id = bench.store.write((write) => addRun(write, project));
    bench.store.write((write) =>
      appendRunEvents(
        write,
        id,
        Array.from({ length: 10 }, (_, step) => ({ type: 'message', payload: { step, text: 'x' } }) as const),
      ),
    );
    const seqs = (range: Parameters<typeof listRunEvents>[2]): number[] =>
      bench.store.read((read) => listRunEvents(read, id, range)).map(({ seq }) => seq);
    expect(seqs({ after: 9, limit: 2 })).toEqual([10, 11]);
    expect(seqs({ after: 0, before: 6, limit: 2 })).toEqual([4, 5]);
    expect(seqs({ after: 0, limit: 50, types: ['status_changed'] })).toEqual([2]);
  });
});

it('moves an intent and a goal by the rows of their tables alone, with one event each', () => {
  const intent = bench.store.write((write) => getRun(write, addRun(write, project)).intentId);
  const goal = bench.store.write((write) =>
    insertGoal(
      write,
      { title: 'Ship', description: '', category: '', priority: 50, targetDate: null, parentId: null },
      'tester',
    ),
  ).id;
  for (const from of intentMachine.states)
    for (const on of new Set(intentMachine.rows.map((row) => row.on))) {
      inState('intent', 'status', intent, from);
      const events = bench.events();
      const moved = bench.store.tryWrite((write) => transitionIntent(write, intent, on, 'tester'));
      expect(moved.ok).toBe(actionsFrom(intentMachine, from).includes(on));
      expect(bench.events()).toBe(events + (moved.ok ? 1 : 0));
    }
  expect(bench.store.read((read) => getIntent(read, intent)).version).toBeGreaterThan(1);
  let version = 1;
  for (const from of goalMachine.states)
    for (const on of new Set<GoalAction>(goalMachine.rows.map((row) => row.on))) {
      inState('goal', 'status', goal, from);
      const events = bench.events();
      const stale = bench.store.tryWrite((write) => transitionGoal(write, goal, version + 1, on, 'tester'));
      const moved = bench.store.tryWrite((write) => transitionGoal(write, goal, version, on, 'tester'));
      expect([stale.ok, moved.ok]).toEqual([false, actionsFrom(goalMachine, from).includes(on)]);
      expect(bench.events()).toBe(events + (moved.ok ? 1 : 0));
      if (moved.ok) version += 1;
    }
});

it('refuses to change a project that changed meanwhile', () => {
  const events = bench.events();
  const late = bench.store.tryWrite((write) =>
    updateProject(write, project, 9, { testCommand: 'rm -rf' }, 'tester'),
  );
  expect(late).toMatchObject({ ok: false, error: { tag: 'stale_version' } });
  expect(bench.events()).toBe(events);
});

it('keeps decisions as they were made: none can be changed or removed, not even past the program', () => {
  const id = bench.store.write((write) => addProposal(write));
  bench.clock.advance(1_500);
  bench.store.write((write) => {
    insertDecision(write, {
      entity: 'proposal',
      entityId: id,
      entityVersion: 1,
      action: 'approve',
      actor: { name: 'owner', channel: 'dashboard' },
      since: getProposal(write, id).stageSince,
      snapshot: { stage: 'idea' },
    });
  });
  for (const sql of [`UPDATE decision SET action = 'reject'`, 'DELETE FROM decision'])
    expect(() => bench.store.write((write) => write.prepare(sql).run())).toThrow(/append-only/u);
  expect(bench.store.read((read) => listDecisions(read, 'proposal', id))).toMatchObject([
    {
      action: 'approve',
      actor: 'owner',
      channel: 'dashboard',
      responseMs: 1_500,
      snapshot: { stage: 'idea' },
    },
  ]);
});
