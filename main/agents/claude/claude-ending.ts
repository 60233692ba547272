import type { JsonObject } from '../../domain/primitives.ts';
import type { ParsedEnding } from '../executor.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import { numberAt, textAt } from '../json-event.ts';

/** Words of `error` and `api_error` fields. */
const CODES: Readonly<Record<string, ParsedEnding['class']>> = {
  usage_limit_reached: 'rate_limited',
  rate_limit: 'rate_limited',
  overloaded: 'rate_limited',
  billing_error: 'rate_limited',
  authentication_failed: 'auth',
  oauth_org_not_allowed: 'auth',
  connection_failed: 'network',
  prompt_too_long: 'context_overflow',
};

export interface ClaudeFailure {
  readonly class: ParsedEnding['class'];
  readonly why: string;
}

/** What a result comes to: null when all went well. `subtype` is no help there, it says success of refused calls too. */
export function failureOfResult(result: JsonObject, code: string): ClaudeFailure | null {
  const subtype = textAt(result, 'subtype');
  if (result['is_error'] !== true && !subtype.startsWith('error')) return null;
  const listed = result['errors'];
  const errors = Array.isArray(listed) ? listed.filter((error) => typeof error === 'string') : [];
  const why = [textAt(result, 'result'), ...errors].filter((text) => text !== '').join('\n');
  if (subtype === 'error_max_turns' || subtype === 'error_max_budget_usd')
    return { class: 'turn_limit', why };
  const words = classOfWords(why);
  const known =
    CODES[textAt(result, 'api_error')] ??
    CODES[code] ??
    (words === 'context_overflow' || words === 'session_unknown' ? words : undefined) ??
    classOfStatus(numberAt(result, 'api_error_status')) ??
    words ??
    (textAt(result, 'stop_reason') === 'refusal' ? 'refused' : undefined);
  return { class: known ?? 'crashed', why };
}
