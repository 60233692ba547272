import { z } from 'zod';
import { valueList } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What a ready answer does about stages that do not join: keeps the files of one, or has one done again on the work of the other. */
export const answerVerb = valueList({ take: 'Take the files', retry: 'Do again' });

export const answerChoiceSchema = z.object({
  verb: schemaOf(answerVerb),
  stage: z.string(),
  /** What is sent as the answer, word for word. */
  text: z.string(),
});
export type AnswerChoice = z.infer<typeof answerChoiceSchema>;
