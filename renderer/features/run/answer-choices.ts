import { strings } from './strings.ts';

export interface AnswerChoice {
  /** What is sent as the answer, word for word. */
  readonly text: string;
  readonly label: string;
}

const offered = /“((take|retry) ([\w-]+))”/gu;

/** The answers that a run with stages offers in its question, where two stages do not fit together. */
export function answerChoices(question: string): readonly AnswerChoice[] {
  const found = new Map<string, AnswerChoice>();
  for (const [, text = '', verb, stage = ''] of question.matchAll(offered))
    found.set(text, {
      text,
      label: verb === 'take' ? strings.callout.take(stage) : strings.callout.redo(stage),
    });
  return [...found.values()];
}
