import { fold, readTerms } from '../search/terms.ts';

/** From this likeness on two proposals are worth holding beside each other. */
export const ALIKE = 0.34;

/** Words that stand in titles of any kind. */
const plain = new Set(
  'add all and are was were has have been before but can drop fix for from get into its make more need not old one onto out over remove should than that the then this todo use when with without'.split(
    ' ',
  ),
);

/** The words of a title that say what it is about, without the endings that English puts to them. */
export function tellingWords(title: string): string[] {
  const words = readTerms(title.replaceAll('"', ' ')).flatMap((term) => term.words);
  const told = words
    .filter((word) => word.length > 2 && !plain.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ies|ed|es|s|y|e)$/u, '') : word));
  return [...new Set(told)];
}

/** How much two titles share, 0 to 1. */
export function likeness(one: string, other: string): number {
  const words = new Set(tellingWords(one));
  const others = tellingWords(other);
  const shared = others.filter((word) => words.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (words.size + others.length);
}

/** Whether both were found in one file. What was typed was found in none. */
export function sameFile(one: string, other: string): boolean {
  const file = (ref: string): string => fold(ref).replace(/:\d+(?::\d+)?$/u, '');
  return one !== '' && file(one) === file(other);
}
