import { valueList, type ValueOf } from '../value-list.ts';
import { routeOfItem, type InboxItem, type InboxKind } from './inbox-item.ts';

/** What a button outside the dashboard may ask for. */
export const choiceAction = valueList({
  approve: 'Approve',
  details: 'Details',
  skip: 'Skip',
  execute: 'Execute',
  reject: 'Reject',
  suggest: 'Suggest',
  retry: 'Retry',
  answer: 'Answer',
  allow: 'Allow once',
  allow_intent: 'Allow for this intent',
  deny: 'Deny',
  review: 'Review',
  open: 'Open',
  hour: 'Snooze 1 h',
  tonight: 'Snooze to tonight',
  tomorrow: 'Snooze to tomorrow',
  works: 'It works',
});
export type ChoiceAction = ValueOf<typeof choiceAction>;

export const snoozeChoice = ['hour', 'tonight', 'tomorrow'] as const;
export type SnoozeChoice = (typeof snoozeChoice)[number];

/**
 * What a choice does: `decide` moves the item by itself, `open` only shows it where there is room for words or a diff, `snooze` lets it
 * come back later, and `words` decides when the channel can take words, and opens it otherwise.
 */
export type ChoiceEffect = 'decide' | 'open' | 'snooze' | 'words';

export interface Choice {
  readonly action: ChoiceAction;
  readonly label: string;
  readonly effect: ChoiceEffect;
  /** The item is opened once this is decided. */
  readonly opens: boolean;
}

const decides = (action: ChoiceAction, opens = false): Choice => ({
  action,
  label: choiceAction.labels[action],
  effect: 'decide',
  opens,
});
const opens = (action: ChoiceAction): Choice => ({
  action,
  label: choiceAction.labels[action],
  effect: 'open',
  opens: true,
});
const words = (action: ChoiceAction): Choice => ({ ...opens(action), effect: 'words' });
const snoozes: readonly Choice[] = snoozeChoice.map((action) => ({
  action,
  label: choiceAction.labels[action],
  effect: 'snooze',
  opens: false,
}));

const byKind: Readonly<Record<InboxKind, readonly Choice[]>> = {
  idea: [decides('approve'), decides('details', true), decides('skip')],
  // A rejection teaches what not to propose, so it wants a reason.
  plan: [decides('execute'), words('reject'), words('suggest')],
  planning_failed: [decides('retry')],
  question: [words('answer')],
  draft: [decides('approve'), decides('reject')],
  permission: [decides('allow'), decides('deny'), decides('allow_intent')],
  blocked: [words('answer')],
  review: [opens('review')],
  failed: [decides('retry'), opens('open')],
};

/**
 * The choices on an item, most wanted first, with the snoozes at the end. What has to be looked at first is not started from a button:
 * it is opened, so that its evidence is seen.
 */
export function choicesOn({ kind, openFirst }: Pick<InboxItem, 'kind' | 'openFirst'>): readonly Choice[] {
  const own = byKind[kind]
    .filter(({ action }) => !openFirst || action !== 'allow_intent')
    .map((choice) =>
      openFirst && (choice.action === 'execute' || choice.action === 'allow') ? opens('open') : choice,
    );
  return [...own, ...snoozes];
}

export function choiceOf(kind: InboxKind, action: ChoiceAction): Choice | undefined {
  return action === 'open'
    ? opens('open')
    : choicesOn({ kind, openFirst: false }).find((choice) => choice.action === action);
}

/** Where the dashboard shows an item for this choice: at the field for its words, where it wants some. */
export function routeOfChoice(
  item: Pick<InboxItem, 'entity' | 'entityId' | 'kind'>,
  { action }: Pick<Choice, 'action'>,
): string {
  const route = routeOfItem(item);
  return action === 'reject' || action === 'suggest' ? `${route}?say=${action}` : route;
}
