import { expect, it } from 'vitest';
import { readReply } from './planner-reply.ts';

const reply = { steps: ['Do it.'], effort: 'small', risk: 'low' };
const of = { testCommand: 'npm test', task: 'plan' } as const;

it('finds the plan among words, fences and other objects', () => {
  const text = `I saw {"a": 1} and { braces }.\n\`\`\`json\n${JSON.stringify({ ...reply, steps: ['Write "}" somewhere'] })}\n\`\`\`\nIt is {"done": true}.`;
  expect(readReply(text, of)).toMatchObject({
    ok: true,
    value: { plan: { steps: ['Write "}" somewhere'] } },
  });
});

it('takes the last plan when an earlier one was taken back', () => {
  const text = `${JSON.stringify(reply)} No, better: ${JSON.stringify({ ...reply, steps: ['Other.'] })}`;
  expect(readReply(text, of)).toMatchObject({ value: { plan: { steps: ['Other.'] } } });
});

it('never takes a zero for an estimate', () => {
  const text = JSON.stringify({ ...reply, estimate: { tokens: 0, minutes: 0, costUsd: 0 } });
  expect(readReply(text, of)).toMatchObject({
    value: { plan: { tokens: null, durationMs: null, costMicroUsd: null } },
  });
});

it('proposes a test command that is not the project’s own, and sets none', () => {
  const own = readReply(JSON.stringify({ ...reply, testCommand: 'npm test' }), of);
  expect(own).toMatchObject({ value: { plan: { testCommand: '', proposedTestCommand: '' } } });
  const other = readReply(JSON.stringify({ ...reply, testCommand: 'make' }), of);
  expect(other).toMatchObject({ value: { plan: { testCommand: '', proposedTestCommand: 'make' } } });
});

it('takes questions without a plan, and refuses neither', () => {
  const asks = { ...reply, steps: [], questions: [{ question: 'Which?' }] };
  expect(readReply(JSON.stringify(asks), of)).toMatchObject({
    value: { plan: null, questions: [{ question: 'Which?', required: false, suggestions: [] }] },
  });
  expect(readReply(JSON.stringify({ ...reply, steps: [] }), of)).toMatchObject({
    error: { tag: 'planner_malformed' },
  });
});

it('says which field is wrong', () => {
  expect(readReply(JSON.stringify({ ...reply, risk: 'tiny' }), of)).toMatchObject({
    error: { message: expect.stringContaining('risk') as string },
  });
});

it('reads an answer made of braces within a moment', () => {
  const began = performance.now();
  expect(readReply('{'.repeat(65_536), of)).toMatchObject({ error: { tag: 'planner_malformed' } });
  expect(performance.now() - began).toBeLessThan(1_000);
});
