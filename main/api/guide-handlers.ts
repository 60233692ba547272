import { guideOf, nextGuideStep } from '../domain/guide/guide.ts';
import { ok } from '../shared/result.ts';
import { readGuideFacts } from '../store/guide-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

export function guideHandlers({ store }: ApiOptions): Pick<Handlers, 'guide.get'> {
  return {
    'guide.get': () => {
      const steps = guideOf(store.read(readGuideFacts));
      return ok({ steps, next: nextGuideStep(steps)?.step ?? null });
    },
  };
}
