import { expect, it } from 'vitest';
import { changesOf, draftOf, globFault, patternFault } from './policy-draft.ts';
import type { Project } from './project.ts';

const deny = ['**/.env*', '**/*.pem'];
const project = {
  pathPolicy: { allow: [], deny },
  riskProfile: 'strict',
  sensitivePatterns: [{ name: 'deployment', pattern: 'deploy' }],
} as unknown as Project;

it('saves nothing while nothing differs, however the lines are spaced', () => {
  const draft = draftOf(project);
  expect(changesOf(draft, project)).toEqual({});
  expect(changesOf({ ...draft, deny: `\n  ${draft.deny}\n\n` }, project)).toEqual({});
});

it('saves what differs and nothing else', () => {
  const draft = draftOf(project);
  expect(changesOf({ ...draft, allow: 'src/**\n docs/** ' }, project)).toEqual({
    pathPolicy: { allow: ['src/**', 'docs/**'], deny },
  });
  expect(changesOf({ ...draft, riskProfile: 'trusted', patterns: [] }, project)).toEqual({
    riskProfile: 'trusted',
    sensitivePatterns: [],
  });
});

it('tells what cannot be saved, and where', () => {
  expect(globFault('src/**\n')).toBeUndefined();
  expect(globFault(`a\n${'x'.repeat(301)}`)).toEqual({ kind: 'long', line: 2 });
  expect(globFault(Array.from({ length: 201 }, (_, index) => `f${String(index)}`).join('\n'))).toEqual({
    kind: 'many',
  });
  expect(patternFault({ name: 'a', pattern: '(' })).toBe('invalid');
  expect(patternFault({ name: ' ', pattern: 'a' })).toBe('name');
  expect(patternFault({ name: 'a', pattern: '' })).toBe('empty');
  expect(patternFault({ name: 'a', pattern: String.raw`\bsudo\b` })).toBeUndefined();
});
