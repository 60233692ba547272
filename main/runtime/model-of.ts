import { getIntent } from '../store/intent-store.ts';
import type { Store } from '../store/store.ts';
import { executorOf, type StepAt } from './step-at.ts';

/** The model that the intent asks for; a stage with another executor works with that one's own. */
export function modelOf(store: Store, at: Pick<StepAt, 'stage' | 'current'>): string | null {
  if (executorOf(at) !== at.current.executor) return null;
  return store.read((read) => getIntent(read, at.current.intentId).model);
}
