import { strings } from './strings.ts';

const words = strings.timeline;
/** How test runners mark a failing test, before its name. */
const failure = /^\s*(?:[✕✗×✖]|not ok(?: \d+)?(?: -)?|FAILED|FAIL:?|--- FAIL:)[ \t]+(?<name>\S.*)$/gmu;
const rustFailure = /^test (?<name>\S+) \.\.\. FAILED$/gm;
const failed =
  /(?:^|\s)(?:(?<before>\d+) (?:failed|failing|failures?)|(?:fail|failed|failures):? (?<after>\d+))\b/m;
const passed = /(?:^|\s)(?:(?<before>\d+) (?:passed|passing)|(?:pass|passed):? (?<after>\d+))\b/m;
const error = /^.*(?:Error|error|panicked|assert).*$/m;
const wordy = /\p{L}{3}/u;

/**
 * The part of a test command's output that says most: the first failing test by name, else how many failed, else the first error,
 * else the last line with words in it. Never a bare brace.
 */
export function tellingTestLine(output: string, ok: boolean): string {
  const plain = output.slice(-100_000);
  if (ok) {
    const count = countOf(passed, plain);
    return count > 0 ? words.passing(count) : lastWords(plain);
  }
  // Runners repeat failures in a summary, and end the line with how long it took.
  const names = new Set(
    [...plain.matchAll(rustFailure), ...plain.matchAll(failure)]
      .map(({ groups }) => (groups?.['name'] ?? '').replace(/\s*\([\d.]+\s?m?s\)$/, '').trim())
      .filter((name) => wordy.test(name) && !/^failing tests:?$/i.test(name)),
  );
  const [first] = names;
  if (first !== undefined) return words.andMore(first, names.size - 1);
  const count = countOf(failed, plain);
  if (count > 0) return words.failing(count);
  return error.exec(plain)?.[0].trim() ?? lastWords(plain);
}

function countOf(pattern: RegExp, text: string): number {
  const groups = pattern.exec(text)?.groups;
  return Number(groups?.['before'] ?? groups?.['after'] ?? 0);
}

function lastWords(output: string): string {
  return (
    output
      .trimEnd()
      .slice(-2_000)
      .split('\n')
      .findLast((line) => wordy.test(line))
      ?.trim() ?? ''
  );
}
