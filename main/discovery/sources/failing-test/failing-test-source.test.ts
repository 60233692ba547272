import { expect, it } from 'vitest';
import type { Project } from '../../../domain/project/project.ts';
import { signalOf } from './failing-test-source.ts';

const project = { id: 'p', name: 'parser' } as Project;
const evidence = (output: string): Parameters<typeof signalOf>[1] => ({
  command: 'npm test',
  exitCode: 1,
  durationMs: 10,
  note: null,
  output,
});
const many = Array.from({ length: 600 }, (_, n) => `✔ passes ${String(n)} (${String(n)}.5ms)`).join('\n');

it('names the failing test in the title and leaves passing tests out of the content', () => {
  const { title, content } = signalOf(
    project,
    evidence(`${many}\n✖ should throw on wrong parameters (3.21ms)\nℹ pass 600\nℹ fail 1\n`),
  );
  expect(title).toBe('Tests fail: should throw on wrong parameters');
  expect(content).toContain('✖ should throw on wrong parameters');
  expect(content).not.toContain('passes 599');
});

it('is the same idea when only times and counts have changed', () => {
  const a = signalOf(project, evidence('✖ adds (3.21ms)\nℹ fail 1'));
  const b = signalOf(project, evidence('✖ adds (9.01ms)\nℹ fail 1'));
  expect(b.fingerprint).toBe(a.fingerprint);
});
