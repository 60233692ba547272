import type { JsonObject } from '../../domain/primitives.ts';
import { classOfStatus, classOfWords } from '../failure-class.ts';
import { numberAt, textAt } from '../json-event.ts';
import type { Failed } from '../turn-account.ts';

/** Why a program stopped, where that is no success; as the protocol names it. */
export const STOPS: Readonly<Record<string, { class: Failed['class']; words: string }>> = {
  max_turn_requests: { class: 'turn_limit', words: 'reached its limit of model calls in this turn' },
  max_tokens: { class: 'no_result', words: 'was cut at the longest answer its model gives' },
  refusal: { class: 'refused', words: 'refused to go on' },
  cancelled: { class: 'no_result', words: 'was told to stop' },
};

/** As the protocol numbers an answer of a program nobody is signed in to. */
const SIGN_IN = -32_000;

/** What a failed request of the driver's means: codes of HTTP stand beside those of JSON-RPC. */
export function failureOf(line: JsonObject): Failed {
  const code = numberAt(line, 'code');
  const message = textAt(line, 'message') || 'The agent failed and did not say why.';
  const told = classOfStatus(code) ?? classOfWords(message);
  if (told !== undefined) return { class: told, message };
  if (code === SIGN_IN && /auth|sign|log ?in|key/iu.test(message)) return { class: 'auth', message };
  return { class: line['at'] === 'resume' ? 'session_unknown' : 'crashed', message };
}
