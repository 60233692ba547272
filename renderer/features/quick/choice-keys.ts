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

const refusals: readonly Choice['action'][] = ['deny', 'reject', 'skip'];

/** The chords of the two decisions that matter most: what moves it on, and what refuses it. They work where single keys are switched off. */
export function chordOf({ action, effect }: Choice, index: number): string | undefined {
  if (effect === 'snooze') return undefined;
  if (index === 0) return '$mod+Enter';
  return refusals.includes(action) ? '$mod+Backspace' : undefined;
}
