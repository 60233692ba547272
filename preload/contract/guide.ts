import { z } from 'zod';
import {
  guideEntrySchema,
  guideStep,
  nextGuideStep,
  type GuideEntry,
} from '../../main/domain/guide/guide.ts';
import { query } from './operation.ts';
import { schemaOf } from '../../main/domain/list-schema.ts';

/** The step to take now, also when the dashboard knows of one more that is done. */
export function nextStepOf(steps: readonly GuideEntry[]): GuideEntry | undefined {
  return nextGuideStep(steps);
}

export const guideOperations = {
  'guide.get': query(
    'GET /guide',
    'The steps from nothing to the first applied diff: which are done, and where each goes on.',
    z.object({}),
    z.object({
      steps: z.array(guideEntrySchema),
      /** The one to take now; null once nothing is left. */
      next: schemaOf(guideStep).nullable(),
    }),
  ),
};
