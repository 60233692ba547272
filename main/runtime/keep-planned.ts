import type { Result } from '../shared/result.ts';
import type { Write } from '../store/database.ts';
import { insertPlanVersion } from '../store/proposal-plan-store.ts';
import { insertQuestion, listQuestions } from '../store/proposal-qa-store.ts';
import { endPlanning, endStudy, getProposal, type PlanningRequest } from '../store/proposal-store.ts';
import { staleVersion } from '../store/row.ts';
import { droppedWords, type PlannedBy } from './plan-by-executor.ts';

export type Planned = PlannedBy;

/**
 * Keeps what a planner wrote: its plan as the next version, its questions beside it, or why there is no plan. Throws `stale_version` when the
 * proposal moved on, and then nothing is kept.
 */
export function keepPlanned(write: Write, request: PlanningRequest, planned: Result<Planned>): void {
  const { id, version, stage } = request;
  if (getProposal(write, id).version !== version) throw staleVersion('proposal');
  if (!planned.ok) {
    const { message, hint } = planned.error;
    endPlanning(write, id, hint ? `${message} ${hint}` : message, 'runtime');
    return;
  }
  const { plan, writtenBy, questions, dropped } = planned.value;
  const note = droppedWords(dropped);
  if (stage === 'research') endStudy(write, id, version, questions.length, 'runtime');
  else if (plan === null)
    endPlanning(
      write,
      id,
      `The planner has ${questions.length === 1 ? 'a question' : `${String(questions.length)} questions`} before it can plan. Answer, then plan again. ${note}`.trim(),
      'runtime',
    );
  else
    insertPlanVersion(write, id, version, { plan, writtenBy, feedback: request.feedback, note }, 'runtime');
  const known = new Set(listQuestions(write, id).map(({ question }) => question.toLowerCase()));
  for (const { question, required, suggestions } of questions)
    if (!known.has(question.toLowerCase()))
      insertQuestion(write, id, { question, required, suggestions, askedBy: 'agent' }, 'runtime');
}
