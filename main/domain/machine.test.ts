import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountMachine } from './account/status.ts';
import { goalMachine } from './goal/status.ts';
import { intentMachine } from './intent/status.ts';
import { actionsBetween, step, type Machine } from './machine.ts';
import { proposalMachine } from './proposal/stage.ts';
import { askMachine } from './run/ask.ts';
import { stageMachine } from './run/stage-status.ts';
import { runMachine } from './run/status.ts';
import { sessionMachine } from './session/phase.ts';
import { updateMachine } from './update/update.ts';

const machines: Machine<string, string>[] = [
  proposalMachine,
  intentMachine,
  runMachine,
  askMachine,
  stageMachine,
  goalMachine,
  accountMachine,
  sessionMachine,
  updateMachine,
];

describe.each(machines.map((table) => [table.name, table] as const))('the %s machine', (_name, table) => {
  it('has no ambiguous row', () => {
    const pairs = table.rows.flatMap((row) => row.from.map((from) => `${from} ${row.on}`));
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([]);
  });

  it('names only states it declares', () => {
    const named = table.rows.flatMap((row) => [...row.from, row.to]).concat(table.starts, table.ends);
    expect(named.filter((state) => !table.states.includes(state))).toEqual([]);
  });

  it('reaches every state from a start', () => {
    const reached = new Set(table.starts);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const row of table.rows) if (row.from.some((from) => reached.has(from))) reached.add(row.to);
    }
    expect(table.states.filter((state) => !reached.has(state))).toEqual([]);
  });

  it('leaves no state stuck and lets nothing out of an end state', () => {
    const leaving = (state: string): boolean =>
      table.rows.some((row) => row.from.includes(state) && row.to !== state);
    expect(table.states.filter((state) => leaving(state) === table.ends.includes(state))).toEqual([]);
  });

  it('stays in declared states under any sequence of actions, and in an end for good', () => {
    const actions = fc.array(fc.constantFrom(...new Set(table.rows.map((row) => row.on))), { maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...table.starts), actions, (start, sequence) => {
        let state = start;
        for (const on of sequence) {
          const next = step(table, state, on);
          if (next.ok) expect(table.ends).not.toContain(state);
          state = next.ok ? next.value : state;
          expect(table.states).toContain(state);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('refuses every pair that has no row, changing nothing and saying what is possible', () => {
    for (const from of table.states)
      for (const on of new Set(table.rows.map((row) => row.on))) {
        const listed = table.rows.find((row) => row.on === on && row.from.includes(from));
        const result = step(table, from, on);
        if (listed) expect(result).toEqual({ ok: true, value: listed.to });
        else expect(result).toMatchObject({ ok: false, error: { tag: 'illegal_transition' } });
      }
  });
});

it('answers which action drags a proposal from one column to another', () => {
  expect(actionsBetween(proposalMachine, 'idea', 'plan')).toEqual(['approve']);
  expect(actionsBetween(proposalMachine, 'idea', 'approved')).toEqual([]);
});
