import { APICallError } from '@ai-sdk/provider';
import { classOfStatus, classOfWords } from '../../failure-class.ts';
import type { LoopLine } from '../loop-line.ts';

export interface ModelFailure {
  readonly class: Exclude<Extract<LoopLine, { type: 'end' }>['class'], 'ok'>;
  readonly message: string;
  /** Milliseconds until it may be tried again, as the endpoint tells; null: it does not. */
  readonly retryAfterMs: number | null;
  /** Whether the same question may be answered later. */
  readonly passing: boolean;
}

const NO_TOOLS =
  /does not support tools|tools? (?:calling )?(?:is|are) not supported|no endpoints found that support tool use/iu;
const NO_MODEL = /model[^\n]{0,80}not found|no such model|model_not_found|not a valid model|does not exist/iu;
const OVERFLOW =
  /context[ _]?(?:size|length|window)|n_ctx|exceed[^\n]{0,40}context|too many tokens|prompt is too long/iu;

/** What went wrong with a call of the model. `now`: wall time, for a retry-after that is a date. */
export function modelFailure(error: unknown, model: string, now: number): ModelFailure {
  const call = APICallError.isInstance(error) ? error : undefined;
  // One that began well and broke off has a status that says nothing.
  const told = call?.statusCode ?? null;
  const status = told !== null && told < 300 ? null : told;
  const words = textOf(error, call);
  const retryAfterMs = call ? retryAfter(call.responseHeaders ?? {}, now) : null;
  const of = (kind: ModelFailure['class'], message: string, passing = false): ModelFailure => ({
    class: kind,
    message: message.slice(0, 4_000),
    retryAfterMs,
    passing,
  });
  if (NO_TOOLS.test(words))
    return of(
      'crashed',
      `The model ${model} cannot call tools, so it cannot work on files. Choose one that can, such as qwen3 or gpt-oss. (${words})`,
    );
  if (status !== null && [400, 413, 422, 500].includes(status) && OVERFLOW.test(words))
    return of('context_overflow', words);
  if (status === 404 || (status === 400 && NO_MODEL.test(words)))
    return of(
      'crashed',
      NO_MODEL.test(words)
        ? `The endpoint has no model ${model}. With Ollama, fetch it by “ollama pull ${model}”. (${words})`
        : `The endpoint has no such page. Check its address: it ends with /v1 for most programs. (${words})`,
    );
  const known = classOfStatus(status) ?? (status === null ? classOfWords(words) : undefined);
  if (known === 'rate_limited') return of('rate_limited', words, true);
  if (known === 'auth') return of('auth', `The endpoint refused the key: ${words}`);
  if (known === 'network') return of('network', words, true);
  if (status === 402) return of('rate_limited', words);
  if (known !== undefined) return of(known, words);
  // Without a status nothing came back whole: a stream that broke, or one of garbage.
  return status === null ? of('network', words, true) : of('crashed', `Status ${String(status)}: ${words}`);
}

function textOf(error: unknown, call: APICallError | undefined): string {
  if (!call) {
    if (error instanceof Error)
      return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
    return typeof error === 'string' ? error : JSON.stringify(error);
  }
  const body = call.responseBody?.trim() ?? '';
  return body === '' || body.includes(call.message) || call.statusCode === undefined
    ? `${call.message}${causeOf(call)}`
    : `${call.message} ${body.slice(0, 500)}`;
}

function causeOf(call: APICallError): string {
  return call.cause instanceof Error && call.cause.message !== '' ? `: ${call.cause.message}` : '';
}

/** `retry-after` in seconds or as a date, and what some providers tell in its place. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const precise = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] !== undefined && Number.isFinite(precise)) return Math.max(0, precise);
  const told = headers['retry-after'];
  if (told !== undefined) {
    const seconds = Number(told);
    if (told.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
    const at = Date.parse(told);
    if (Number.isFinite(at)) return Math.max(0, at - now);
  }
  // Milliseconds since 1970, at OpenRouter.
  const reset = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(reset) && reset > now && headers['x-ratelimit-remaining'] === '0'
    ? reset - now
    : null;
}
