import { findRanges } from '../../main/domain/search/find-ranges.ts';
import { readTerms } from '../../main/domain/search/terms.ts';

/** Where what was typed stands in a text, as a search finds it; start and end of each place. */
export function findWords(text: string, typed: string): readonly (readonly [number, number])[] {
  return findRanges(text, readTerms(typed)).ranges;
}
