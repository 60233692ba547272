import type { OutputOf } from '../../../preload/contract/operations.ts';
import { strings } from './strings.ts';

type Detail = OutputOf<'proposal.get'>;

/** Questions that must have an answer before anything goes on, and have none. */
export function openRequired(questions: Detail['questions']): number {
  return questions.filter(({ required, answer }) => required && answer === null).length;
}

/** Why this plan cannot be executed now. */
export function againstExecute({ proposal, questions }: Detail): string | undefined {
  const { blocked } = strings;
  if (proposal.planning === 'planning') return blocked.planning;
  if (!proposal.plan) return blocked.noPlan;
  if (proposal.projectId === null) return blocked.noProject;
  const open = openRequired(questions);
  return open > 0 ? blocked.questions(open) : undefined;
}
