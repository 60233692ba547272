import { expect, it } from 'vitest';
import { planSchema } from './plan.ts';
import { templatePlan } from './template-plan.ts';

const todo = {
  title: 'Handle empty input',
  source: 'todo',
  sourceRef: 'src/parse.ts:41',
  summary: '',
} as const;
const plain = { testCommand: 'npm test', feedback: [] };

it('sends a TODO to its file, and proves it by the tests', () => {
  const plan = templatePlan(todo, plain);
  expect(planSchema.parse(plan)).toEqual(plan);
  expect(plan.files).toEqual(['src/parse.ts']);
  expect(plan.steps[0]).toContain('src/parse.ts:41');
  expect(plan.steps[1]).toContain('Handle empty input');
  expect(plan.steps.at(-1)).toContain('npm test');
});

it('forbids weakening the tests when they fail', () => {
  const plan = templatePlan({ ...todo, source: 'failing_test', sourceRef: 'npm test' }, plain);
  expect(plan.steps.join(' ')).toContain('without weakening a test');
  expect(plan.files).toEqual([]);
});

it('asks for a check by hand, at more risk, where there is no test command', () => {
  const plan = templatePlan({ ...todo, source: 'owner', sourceRef: '' }, { testCommand: '', feedback: [] });
  expect(plan).toMatchObject({ risk: 'medium', files: [] });
  expect(plan.steps.at(-1)).toContain('by hand');
});

it('keeps every word of the owner as a step, before the proof', () => {
  const plan = templatePlan(todo, {
    testCommand: 'npm test',
    feedback: ['Use a table.', 'No new packages.'],
  });
  expect(plan.steps.slice(-3)).toEqual([
    'As the owner asked: Use a table.',
    'As the owner asked: No new packages.',
    expect.stringContaining('npm test'),
  ]);
});

it('never claims to know the cost', () => {
  expect(templatePlan(todo, plain).costMicroUsd).toBeNull();
});
