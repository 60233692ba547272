import type { JsonObject } from '../../domain/primitives.ts';
import type { ParsedEnding } from '../executor.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import { isObject, numberAt, textAt } from '../json-event.ts';

/** Words of `codexErrorInfo`. */
const CODES: Readonly<Record<string, ParsedEnding['class']>> = {
  contextWindowExceeded: 'context_overflow',
  cyberPolicy: 'refused',
  flexUnavailable: 'rate_limited',
  internalServerError: 'network',
  misalignmentPolicyViolation: 'refused',
  rateLimitExceeded: 'rate_limited',
  serverOverloaded: 'rate_limited',
  sessionBudgetExceeded: 'turn_limit',
  unauthorized: 'auth',
  usageLimitExceeded: 'rate_limited',
};

export interface CodexFailure {
  readonly class: ParsedEnding['class'] | undefined;
  readonly why: string;
}

/** What an error of a turn comes to: by its code, else by the status it tells of, else by its words. */
export function failureOf(error: JsonObject | undefined): CodexFailure {
  const info = error?.['codexErrorInfo'];
  const why = [textAt(error, 'message'), textAt(error, 'additionalDetails')]
    .filter((text) => text !== '')
    .join(' ');
  const code = typeof info === 'string' ? info : '';
  const status = isObject(info) ? statusOf(info) : null;
  return { class: CODES[code] ?? classOfStatus(status) ?? classOfWords(why), why };
}

function statusOf(info: JsonObject): number | null {
  const [detail] = Object.values(info);
  return isObject(detail) ? numberAt(detail, 'httpStatusCode') : null;
}
