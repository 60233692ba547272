import type { JsonObject } from '../../../main/domain/primitives.ts';
import type { Dialect } from './conversation.ts';

const STATUS = {
  401: {
    anthropic: 'authentication_error',
    gemini: 'UNAUTHENTICATED',
    openai: 'invalid_api_key',
    text: 'invalid api key',
  },
  429: {
    anthropic: 'rate_limit_error',
    gemini: 'RESOURCE_EXHAUSTED',
    openai: 'rate_limit_exceeded',
    text: 'rate limit reached',
  },
  500: { anthropic: 'api_error', gemini: 'INTERNAL', openai: 'server_error', text: 'internal server error' },
} as const;
export type RefusedStatus = keyof typeof STATUS;

/** The body of a refusal, the way the program's provider words it. */
export function refusalBody(dialect: Dialect, status: RefusedStatus, retryAfter: number): JsonObject {
  const { anthropic, gemini, openai, text } = STATUS[status];
  switch (dialect) {
    case 'anthropic':
      return { type: 'error', error: { type: anthropic, message: text }, request_id: 'req_1' };
    case 'gemini':
      return {
        error: {
          code: status,
          message: text,
          status: gemini,
          ...(status === 429 && retryAfter >= 0
            ? {
                details: [
                  {
                    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
                    retryDelay: `${String(retryAfter)}s`,
                  },
                ],
              }
            : {}),
        },
      };
    case 'responses':
    case 'chat':
      return { error: { message: text, type: openai, param: null, code: openai } };
  }
}
