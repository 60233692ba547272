const weight: Readonly<Record<string, number>> = { FIXME: 30, TODO: 22, HACK: 18, XXX: 18 };

/** Says that something is wrong now, not that it could be nicer. */
const HARM =
  /\b(bugs?|broken|wrong|incorrect|crash\w*|leaks?|race|unsafe|security|vulnerab\w*|fails?|deadlock|corrupt\w*|data loss|infinite loop)\b/iu;
/** Waits for a day that others decide on: a release, the end of an old platform. */
const LATER =
  /\bnext (major|minor|release|version)\b|\b(once|when|after|until)\b.{0,60}\b(supported|support|released|EOL|landed|lands|merged|dropped|removed|version|no longer)\b|\bin v?\d+(\.\d+)*\b|\bfor [\w.-]+ v?\d+\b|\bsome ?day\b|\bdeprecated?\b/iu;
/** A thought rather than a task. */
const DOUBT = /\?\s*$|\b(maybe|perhaps|(re)?consider|explore|not sure|should we|do we|would be nice)\b/iu;
const IN_TESTS = /(^|\/)(tests?|specs?|__tests__|examples?)\/|\.(test|spec|tst)\.[a-z]+$/iu;

/** How much a marker comment is worth doing, from 1 to 50: what is wrong now first, what waits for others last. */
export function todoRelevance(marker: string, words: string, path: string): number {
  const score =
    (weight[marker] ?? 20) +
    (words === '' ? -14 : words.length >= 20 ? 6 : 0) +
    (HARM.test(words) ? 6 : 0) +
    (LATER.test(words) ? -10 : 0) +
    (DOUBT.test(words) ? -6 : 0) +
    (IN_TESTS.test(path) ? -6 : 0);
  return Math.max(1, Math.min(50, score));
}
