import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  allows,
  boardFields,
  countValues,
  factsOf,
  type BoardFilter,
} from '../domain/proposal/board-filter.ts';
import { effort, type Plan } from '../domain/proposal/plan.ts';
import type { ProposalCard } from '../domain/proposal/proposal.ts';
import { planningState, proposalStage } from '../domain/proposal/stage.ts';
import { riskLevel } from '../domain/risk/gate.ts';
import { runStatus } from '../domain/run/status.ts';
import type { Write } from './database.ts';
import { insertGoal } from './goal-store.ts';
import { countCards, countCardValues, listCards, listLanes } from './proposal-card-store.ts';
import { addProject, addProposal, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
const hour = 60 * 60 * 1_000;

/** Proposals in every state that a board can hold them in. */
function fill(write: Write, now: number, total = 240): string {
  const project = addProject(write, 'One');
  const goal = insertGoal(
    write,
    { title: 'Be quick', description: '', category: '', priority: 50, targetDate: null, parentId: null },
    'tester',
  ).id;
  for (let at = 0; at < total; at += 1) {
    const stage = of(proposalStage.values, at);
    const id = addProposal(write, {
      source: of(['todo', 'failing_test', 'owner'] as const, Math.floor(at / 5)),
      relevance: (at * 7) % 51,
      projectId: at % 3 === 0 ? null : project,
      goalId: at % 4 === 0 ? goal : null,
    });
    const planned = stage === 'approved' || (stage === 'plan' && at % 5 !== 0);
    write
      .prepare(
        'UPDATE proposal SET priority = ?, stage = ?, planning = ?, plan_version = ?, open_questions = ?, snoozed_until = ?, stage_since = ? WHERE id = ?',
      )
      .run(
        // Each side of every edge between two levels, and both ends.
        of([50, 0, 39, 40, 59, 60, 79, 80, 100], at),
        stage,
        of(planningState.values, Math.floor(at / 6)),
        planned ? 1 : 0,
        Math.floor(at / 6) % 2,
        at % 17 === 0 ? '2030-01-01T00:00:00.000Z' : null,
        new Date(
          now - of([1, 23, 24, 25, 200, 24 * 30, 24 * 31, 2_000], Math.floor(at / 3)) * hour,
        ).toISOString(),
        id,
      );
    const plan: Plan = {
      steps: ['Do it.'],
      effort: of(effort.values, at),
      risk: of(riskLevel.values, Math.floor(at / 2)),
      files: [],
      testCommand: '',
      proposedTestCommand: '',
      costMicroUsd: at % 2 ? 900_000 : null,
      tokens: null,
      durationMs: null,
    };
    if (planned)
      write
        .prepare(
          "INSERT INTO proposal_plan (proposal_id, plan_version, plan, written_by, created_at) VALUES (?, 1, ?, 'tester', ?)",
        )
        .run(id, JSON.stringify(plan), write.now);
    if (stage !== 'approved' || at % 9 === 0) continue;
    const run = addRun(write, project, { sourceProposalId: id });
    write
      .prepare('UPDATE run SET status = ?, rolled_back_at = ? WHERE id = ?')
      .run(of(runStatus.values, Math.floor(at / 6)), at % 7 === 0 ? write.now : null, run);
  }
  return goal;
}

it('finds by every field just the cards that the rules of the domain allow, and counts what it would find', () => {
  const now = bench.clock.now();
  const goal = bench.store.write((write) => fill(write, now));
  const at = { now: new Date(now).toISOString() };
  bench.store.read((read) => {
    const cards = (filter: BoardFilter): ProposalCard[] =>
      proposalStage.values.flatMap((stage) => listCards(read, stage, { ...filter, ...at }, 0, 1_000));
    const all = cards({});
    const seen = new Set(all.flatMap((card) => Object.values(factsOf(card, now))));
    // Otherwise the comparison would say little.
    for (const value of [
      'you',
      'planner',
      'agent',
      'later',
      'nobody',
      'none',
      'high',
      'older',
      'large',
      'urgent',
      'normal',
      goal,
    ])
      expect(seen).toContain(value);
    const filters: BoardFilter[] = [
      { waits: ['you'], risk: ['low', 'none'] },
      { age: ['day', 'older'], goal: [goal], effort: ['small', 'medium'] },
      { priority: ['urgent', 'low'], waits: ['you', 'nobody'], risk: ['none'] },
      { source: ['todo'], relevance: ['high', 'low'], project: ['none'] },
      ...boardFields.flatMap((field) =>
        [...new Set(all.map((card) => factsOf(card, now)[field]))].map((value) => ({ [field]: [value] })),
      ),
    ];
    for (const filter of filters) {
      const found = cards(filter).map(({ id }) => id);
      const right = all.filter((card) => allows(filter, factsOf(card, now))).map(({ id }) => id);
      expect([filter, found]).toEqual([filter, right]);
      const counted = proposalStage.values.map(
        (stage) => countCards(read, stage, { ...filter, ...at }).count,
      );
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(found.length);
      const open = all.filter(({ stage }) => stage !== 'archived' && stage !== 'rejected');
      const groups = open.map((card) => ({ facts: factsOf(card, now), count: 1 }));
      expect(countCardValues(read, { ...filter, ...at })).toEqual(countValues(groups, filter));
    }
  });
});

it('divides all that a filter shows into lanes, the most wanted goal first and what has none last', () => {
  const now = bench.clock.now();
  bench.store.write((write) => {
    fill(write, now, 40);
    const goal = insertGoal(
      write,
      { title: 'First', description: '', category: '', priority: 90, targetDate: null, parentId: null },
      'tester',
    ).id;
    addProposal(write, { goalId: goal });
    insertGoal(
      write,
      { title: 'Empty', description: '', category: '', priority: 99, targetDate: null, parentId: null },
      'tester',
    );
  });
  bench.store.read((read) => {
    const filter = { source: ['todo'] as const, now: new Date(now).toISOString() };
    const lanes = listLanes(read, 'goal', { ...filter, source: [...filter.source] });
    expect(lanes.map(({ title }) => title)).toEqual(['First', 'Be quick', null]);
    for (const stage of proposalStage.values)
      expect(lanes.reduce((sum, { counts }) => sum + counts[stage], 0)).toBe(
        countCards(read, stage, { ...filter, source: [...filter.source] }).count,
      );
  });
});
