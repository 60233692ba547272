import { expect, it } from 'vitest';
import { whyProjectStays } from './project-stays.ts';

it('lets an own idea change its project until a plan is written for it', () => {
  const own = { source: 'owner', projectId: 'p' } as const;
  expect(whyProjectStays({ ...own, stage: 'idea' })).toBeNull();
  expect(whyProjectStays({ ...own, stage: 'research' })).toBeNull();
  expect(whyProjectStays({ ...own, stage: 'plan' })).toMatch(/plan is written/u);
  expect(whyProjectStays({ ...own, stage: 'approved' })).toMatch(/runs are in/u);
});

it('keeps what was found where it was found, and gives a project to what has none', () => {
  expect(whyProjectStays({ source: 'todo', projectId: 'p', stage: 'idea' })).toMatch(/was found in/u);
  expect(whyProjectStays({ source: 'agent', projectId: null, stage: 'plan' })).toBeNull();
});
