import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sectionOfKind } from '../domain/inbox/inbox-item.ts';
import { inboxSection } from '../domain/inbox/inbox-section.ts';
import { intentStatus } from '../domain/intent/status.ts';
import { planningState, proposalStage } from '../domain/proposal/stage.ts';
import { runStatus } from '../domain/run/status.ts';
import { countInbox, countSections, listInbox } from './inbox-store.ts';
import type { CardFilter } from './card-filter-sql.ts';
import { insertDecision } from './decision-store.ts';
import { placeProposal, type Wanted } from './place-proposal.ts';
import { countCards, countProposals, countStages, listCards } from './proposal-card-store.ts';
import { getProposal, transitionProposal, updateProposal } from './proposal-store.ts';
import { listRelatedProposals } from './related-proposal-store.ts';
import { indexProposal } from './search-index-store.ts';
import { countOpenProposals, countProjectRuns } from './project-store.ts';
import { countRunFilters, listRunRows, runFilterStatuses } from './run-row-store.ts';
import { countRuns, countRunsByStatus, listRunIdsByStatus } from './run-store.ts';
import { addProject, addProposal, addRun, createTestStore, type TestStore } from './testing/test-store.ts';

let bench: TestStore;
beforeEach(async () => {
  bench = await createTestStore();
});
afterEach(() => bench.dispose());

const titles = (filter: CardFilter, offset = 0, limit = 100): string[] =>
  bench.store.read((read) => listCards(read, 'idea', filter, offset, limit)).map(({ title }) => title);

describe('the board', () => {
  it('shows the most relevant first, then the newest, page by page without a gap or a repeat', () => {
    bench.store.write((write) => {
      for (const [title, relevance] of [
        ['b', 10],
        ['a', 50],
        ['c', 10],
        ['d', 0],
        ['e', 50],
      ] as const)
        addProposal(write, { title, relevance });
    });
    expect(titles({})).toEqual(['e', 'a', 'c', 'b', 'd']);
    expect([...titles({}, 0, 2), ...titles({}, 2, 2), ...titles({}, 4, 2)]).toEqual([
      'e',
      'a',
      'c',
      'b',
      'd',
    ]);
    expect(titles({}, 5, 2)).toEqual([]);
  });

  it('puts a card beside another and keeps it there, takes over a priority only where it must, and refuses another stage', () => {
    const ids = bench.store.write((write) =>
      ['d', 'c', 'b', 'a'].map((title) => addProposal(write, { title, relevance: 20 })),
    );
    const [d = '', c = '', , a = ''] = ids;
    const place = (id: string, wanted: Wanted): void => {
      bench.store.write((write) => {
        const proposal = getProposal(write, id);
        placeProposal(write, proposal, proposal.version, wanted, 'tester');
      });
    };
    expect(titles({})).toEqual(['a', 'b', 'c', 'd']);
    place(d, { anchor: a, side: 'below' });
    expect(titles({})).toEqual(['a', 'd', 'b', 'c']);
    bench.store.write((write) => {
      updateProposal(write, a, 1, { priority: 90 }, 'tester');
    });
    place(c, { anchor: a, side: 'above' });
    expect(titles({})).toEqual(['c', 'a', 'd', 'b']);
    expect(bench.store.read((read) => [c, d].map((id) => getProposal(read, id).priority))).toEqual([90, 50]);
    // Its way back: the place it had, and the priority that went with it.
    place(c, { anchor: ids[2] ?? '', side: 'below', priority: 50 });
    expect(titles({})).toEqual(['a', 'd', 'b', 'c']);
    bench.store.write((write) => {
      const { version } = getProposal(write, d);
      transitionProposal(write, d, version, 'skip', 'tester');
    });
    expect(() => {
      place(c, { anchor: d, side: 'above' });
    }).toThrow(/another stage/u);
  });

  it('finds room between two cards however often it was used up', () => {
    const ids = bench.store.write((write) =>
      ['c', 'b', 'a'].map((title) => addProposal(write, { title, relevance: 50 })),
    );
    const [c = '', b = '', a = ''] = ids;
    // Each goes directly below the first in turn, which halves what is left between.
    for (let turn = 0; turn < 80; turn += 1)
      bench.store.write((write) => {
        const id = turn % 2 === 0 ? c : b;
        placeProposal(
          write,
          getProposal(write, id),
          getProposal(write, id).version,
          { anchor: a, side: 'below' },
          'tester',
        );
      });
    expect(titles({})).toEqual(['a', 'b', 'c']);
    const ranks = bench.store.read((read) => ids.map((id) => getProposal(read, id).rank));
    expect(new Set(ranks).size).toBe(3);
  });

  it('names what is like a proposal, with why the rejected ones were rejected', () => {
    const ids = bench.store.write((write) =>
      [
        { title: 'Retry requests that were rate limited' },
        { title: 'Rotate logs by size' },
        { title: 'Retry rate limited requests with jitter', sourceRef: 'src/net.ts:4' },
        { title: 'Close idle connections', sourceRef: 'src/parse.ts:9' },
        { title: 'Read the proxy from the environment', sourceRef: 'src/parse.ts:120' },
      ].map((fields) => addProposal(write, fields)),
    );
    const [one = '', , rejected = '', idle = ''] = ids;
    bench.store.write((write) => {
      transitionProposal(write, rejected, 1, 'reject', 'tester');
      insertDecision(write, {
        entity: 'proposal',
        entityId: rejected,
        entityVersion: 1,
        action: 'reject',
        actor: { name: 'tester', channel: 'dashboard' },
        reason: 'The gateway does it.',
        since: write.now,
        snapshot: {},
      });
      for (const id of ids) indexProposal(write, id);
    });
    const related = (id: string) =>
      bench.store.read((read) =>
        listRelatedProposals(read, getProposal(read, id)).map(({ title, because, reason }) => [
          title,
          because,
          reason,
        ]),
      );
    expect(related(one)).toEqual([
      ['Retry rate limited requests with jitter', 'title', 'The gateway does it.'],
    ]);
    expect(related(idle)).toEqual([['Read the proxy from the environment', 'file', null]]);
  });

  it.each([
    ['100%', ['Cover 100% of it']],
    ['%', ['Cover 100% of it']],
    ['_', ['snake_case names']],
    ['a_b', []],
    ['\\', ['C:\\temp is written']],
    ['SNAKE', ['snake_case names']],
    ["o'clock", ["Stop at five o'clock"]],
    ['src/x.ts', ['Found somewhere']],
    ['P-2', ['snake_case names']],
    ['p5', ['Found somewhere']],
    ['  ', 5],
  ])('finds “%s” as it is written', (search, found) => {
    bench.store.write((write) => {
      for (const title of [
        'Cover 100% of it',
        'snake_case names',
        'C:\\temp is written',
        "Stop at five o'clock",
      ])
        addProposal(write, { title });
      addProposal(write, { title: 'Found somewhere', sourceRef: 'src/x.ts:4' });
    });
    if (typeof found === 'number') expect(titles({ search })).toHaveLength(found);
    else expect(titles({ search })).toEqual(found);
    expect(bench.store.read((read) => countCards(read, 'idea', { search })).count).toBe(
      titles({ search }).length,
    );
  });

  it('answers at once with ten thousand proposals', () => {
    const project = bench.store.write((write) => {
      const id = addProject(write);
      for (let count = 0; count < 10_000; count += 1)
        addProposal(write, { relevance: count % 51, projectId: count % 3 === 0 ? id : null });
      return id;
    });
    const time = (work: () => void): string => {
      work();
      const began = performance.now();
      for (let turn = 0; turn < 5; turn += 1) work();
      return `${((performance.now() - began) / 5).toFixed(1)} ms`;
    };
    const board = (filter: CardFilter) => (): void => {
      bench.store.read((read) => {
        for (const stage of proposalStage.values) {
          countCards(read, stage, filter);
          listCards(read, stage, filter, 0, 100);
        }
      });
    };
    console.log(
      `board of 10,000 proposals: all ${time(board({}))}, one project ${time(board({ projectId: project }))}, searched ${time(board({ search: 'Idea 9' }))}`,
    );
    expect(titles({ projectId: project }, 0, 1_000)).toHaveLength(1_000);
  });
});

it('counts what it lists, on every surface, in every state', () => {
  const projects = bench.store.write((write) => [addProject(write, 'One'), addProject(write, 'Two')]);
  const proposals = bench.store.write((write) =>
    Array.from({ length: 6 }, (_, at) => addProposal(write, { projectId: projects[at % 3] ?? null })),
  );
  const runs = bench.store.write((write) =>
    Array.from({ length: 6 }, (_, at) =>
      addRun(write, projects[at % 2] ?? '', {}, at % 2 ? [] : [{ rule: 'r', reason: 'Why not.' }]),
    ),
  );
  const proposalState = fc.record({
    stage: fc.constantFrom(...proposalStage.values),
    planning: fc.constantFrom(...planningState.values),
    version: fc.nat(2),
    questions: fc.nat(2),
    snoozed: fc.boolean(),
  });
  const runState = fc.record({
    status: fc.constantFrom(...runStatus.values),
    intent: fc.constantFrom(...intentStatus.values),
  });
  const states = fc.tuple(
    fc.array(proposalState, { minLength: 6, maxLength: 6 }),
    fc.array(runState, { minLength: 6, maxLength: 6 }),
  );
  fc.assert(
    fc.property(states, ([ofProposals, ofRuns]) => {
      bench.store.write((write) => {
        ofProposals.forEach((state, at) =>
          write
            .prepare(
              'UPDATE proposal SET stage = ?, planning = ?, plan_version = ?, open_questions = ?, snoozed_until = ? WHERE id = ?',
            )
            .run(
              state.stage,
              state.planning,
              state.version,
              state.questions,
              state.snoozed ? '2030-01-01T00:00:00.000Z' : null,
              proposals[at],
            ),
        );
        ofRuns.forEach((state, at) => {
          write.prepare('UPDATE run SET status = ? WHERE id = ?').run(state.status, runs[at]);
          write
            .prepare('UPDATE intent SET status = ? WHERE id = (SELECT intent_id FROM run WHERE id = ?)')
            .run(state.intent, runs[at]);
        });
      });
      bench.store.read((read) => {
        for (const project of [undefined, ...projects]) {
          const inbox = listInbox(read, project, 1_000);
          expect(inbox.length).toBe(countInbox(read, project));
          const sections = countSections(read, project);
          for (const section of inboxSection.values)
            expect(inbox.filter(({ kind }) => sectionOfKind[kind] === section)).toHaveLength(
              sections.get(section) ?? 0,
            );
          const ranks = inbox.map(({ kind }) => inboxSection.values.indexOf(sectionOfKind[kind]));
          expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
          expect(listInbox(read, project, 3)).toEqual(inbox.slice(0, 3));
          expect(new Set(inbox.map(({ entityId }) => entityId)).size).toBe(inbox.length);
          const counts = countRunFilters(read, { projectId: project });
          for (const [name, statuses] of Object.entries(runFilterStatuses))
            expect(listRunRows(read, { statuses, projectId: project, limit: 100 })).toHaveLength(
              counts[name as keyof typeof counts],
            );
          for (const stage of proposalStage.values) {
            const filter = { projectId: project };
            expect(listCards(read, stage, filter, 0, 100)).toHaveLength(
              countCards(read, stage, filter).count,
            );
            if (project === undefined)
              expect(countStages(read)[stage]).toBe(countCards(read, stage, filter).count);
          }
          if (project === undefined) continue;
          const open = (['idea', 'research', 'plan'] as const).map(
            (stage) => countCards(read, stage, { projectId: project }).count,
          );
          expect(countOpenProposals(read, project)).toBe(open.reduce((sum, count) => sum + count, 0));
          expect(countProjectRuns(read, project)).toEqual({ active: counts.active, all: counts.all });
        }
        const all = Object.values(countStages(read)).reduce((sum, count) => sum + count, 0);
        expect(countProposals(read)).toEqual({ all, ideas: countStages(read).idea });
        expect(countRuns(read)).toBe(countRunFilters(read, {}).all);
        for (const status of runStatus.values)
          expect(listRunIdsByStatus(read, [status])).toHaveLength(countRunsByStatus(read, [status]));
        const needing = ofRuns.filter(({ status }) => ['draft', 'blocked', 'review'].includes(status)).length;
        expect(
          listInbox(read, undefined, 1_000).filter(({ kind }) =>
            ['draft', 'blocked', 'review'].includes(kind),
          ),
        ).toHaveLength(needing);
        expect(countRunFilters(read, {}).needs_me).toBe(needing);
      });
    }),
    { numRuns: 60 },
  );
});
