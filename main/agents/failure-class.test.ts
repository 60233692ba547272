import { expect, it } from 'vitest';
import { classOfStatus, classOfWords } from './failure-class.ts';

it('knows what went wrong by the words of the programs', () => {
  const said: [string, string][] = [
    ['No conversation found with session ID: 9999', 'session_unknown'],
    ['Error: thread/resume failed: no rollout found for thread id 0199', 'session_unknown'],
    ['Session not found', 'session_unknown'],
    ['Prompt is too long', 'context_overflow'],
    ['Your input exceeds the context window of this model', 'context_overflow'],
    ['This model has a maximum context length of 128000 tokens', 'context_overflow'],
    ['The input token count (1200000) exceeds the maximum', 'context_overflow'],
    ['exceeded retry limit, last status: 429 Too Many Requests', 'rate_limited'],
    ['You’ve hit your usage limit. Try again at 12:29 AM.', 'rate_limited'],
    ['Quota exceeded. Check your plan and billing details.', 'rate_limited'],
    ['unexpected status 401 Unauthorized: invalid api key', 'auth'],
    ['Please run /login', 'auth'],
    ['provider.auth_error: 401 no', 'auth'],
    ['API Error: Connection dropped (ECONNRESET)', 'network'],
    ['stream disconnected before completion: idle timeout waiting for SSE', 'network'],
    ['error sending request for url (http://127.0.0.1:1/)', 'network'],
    ['Request timed out.', 'network'],
  ];
  for (const [text, found] of said) expect([text, classOfWords(text)]).toEqual([text, found]);
  expect(classOfWords('TypeError: x is not a function')).toBeUndefined();
  expect(classOfWords(`${'a'.repeat(1_000_000)} 429 Too Many Requests`)).toBe('rate_limited');
});

it('knows what went wrong by the status of the model’s server', () => {
  expect([429, 529, 401, 403, 500, 503, 408, 400, 200, null].map(classOfStatus)).toEqual([
    'rate_limited',
    'rate_limited',
    'auth',
    'auth',
    'network',
    'network',
    'network',
    undefined,
    undefined,
    undefined,
  ]);
});
