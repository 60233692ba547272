import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { drawMachine, drawMachines } from './diagrams.ts';

it('draws a machine as a picture and a table', () => {
  const drawn = drawMachine({
    name: 'door',
    states: ['open', 'shut'],
    starts: ['open'],
    ends: ['shut'],
    rows: [{ on: 'pull_to', from: ['open'], to: 'shut', by: ['owner'], note: 'for good' }],
  });
  expect(drawn).toContain('  [*] --> open\n  open --> shut: pull to\n  shut --> [*]');
  expect(drawn).toContain('| pull to | open | shut | owner | for good |');
});

it('draws every machine of the domain under its own name', () => {
  expect([...drawMachines().keys()]).toEqual([
    'proposal.md',
    'intent.md',
    'run.md',
    'goal.md',
    'account.md',
    'discovery-session.md',
    'update.md',
  ]);
});

it('has the drawings in docs/diagrams up to date', () => {
  const script = resolve(import.meta.dirname, 'make-diagrams.mjs');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain(
    '0 files out of date',
  );
});
