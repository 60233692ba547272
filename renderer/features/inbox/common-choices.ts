import { choicesFor, type Choice } from '../../../preload/contract/choices.ts';
import type { InboxItem } from './inbox-item.ts';

/** What can be decided on all of these at once, without words: the same choice for each. What an agent asks to be allowed is looked at one by one. */
export function commonChoices(items: readonly Pick<InboxItem, 'kind' | 'openFirst'>[]): readonly Choice[] {
  const [first, ...others] = items;
  if (!first || items.some(({ kind }) => kind === 'permission')) return [];
  return choicesFor(first).filter(
    ({ action, effect }) =>
      effect === 'decide' &&
      action !== 'details' &&
      others.every((item) =>
        choicesFor(item).some((choice) => choice.action === action && choice.effect === effect),
      ),
  );
}
