import type { Choice } from '../../../preload/contract/choices.ts';

/** One key for each choice, the same for every kind of item: `a` is what moves it on. */
export const choiceKeys: Readonly<Record<Choice['action'], string>> = {
  approve: 'a',
  execute: 'a',
  retry: 'a',
  review: 'a',
  answer: 'a',
  allow: 'a',
  allow_intent: 'i',
  deny: 'r',
  works: 'a',
  details: 'd',
  skip: 's',
  reject: 'r',
  suggest: 'g',
  open: 'o',
  hour: 'h',
  tonight: 't',
  tomorrow: 'm',
};
