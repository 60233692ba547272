/** One thing to be found: a word that may go on, or a phrase in quotation marks that stands as written. */
export interface Term {
  /** Its words, folded as the index has them; at least one. */
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly prefix: boolean;
}

export const MAX_TERMS = 12;
const WORD = /[\p{L}\p{N}\p{Co}]+/gu;

/** Lower case, without accents and other marks: as the index folds what it takes. */
export function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/**
 * Reads what a person typed. Nothing of it is syntax but quotation marks around a phrase; one that is not closed reaches to the end. A word
 * of one letter or digit must stand alone where it is found, for too much begins with it.
 */
export function readTerms(typed: string): Term[] {
  const terms: Term[] = [];
  for (const [, phrase, word] of typed.matchAll(/"([^"]*)(?:"|$)|([^\s"]+)/gu)) {
    const words = fold(phrase ?? word ?? '').match(WORD) ?? [];
    if (words.length === 0) continue;
    const quoted = phrase !== undefined;
    terms.push({ words: [...words], prefix: !quoted && (words.at(-1) ?? '').length > 1 });
    if (terms.length === MAX_TERMS) break;
  }
  return terms;
}

/** The same as an FTS5 expression: every word stands in quotation marks, so none of it can be an operator. */
export function matchExpression(terms: readonly Term[]): string {
  return terms.map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? '*' : ''}`).join(' ');
}
