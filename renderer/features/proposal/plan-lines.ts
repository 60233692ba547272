import { labels } from '../../../preload/contract/labels.ts';
import { estimateWords } from './estimate-words.ts';
import type { Plan } from './plan-summary.tsx';
import { strings } from './strings.ts';

const words = strings.plan;

/** A plan as lines, for comparing two versions. Steps carry no number: moving one must not change the rest. */
export function planLines(plan: Plan): readonly string[] {
  return [
    `${words.risk}: ${labels.risk[plan.risk]}`,
    `${words.effort}: ${labels.effort[plan.effort]}`,
    `${words.estimate}: ${estimateWords(plan)}`,
    ...plan.steps.map((step) => `• ${step}`),
    ...plan.files,
    `${words.test}: ${plan.testCommand || words.projectTest}`,
  ];
}
