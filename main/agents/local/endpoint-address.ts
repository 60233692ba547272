import { fail, ok, type Result } from '../../shared/result.ts';

/** Where Ollama listens unless it was told otherwise. */
export const OLLAMA = 'http://127.0.0.1:11434/v1';

/** The address of an endpoint up to its `/v1`, from what a person may give: a host and port, the root, or the whole. */
export function endpointAddress(given: string): Result<string> {
  const text = given.trim();
  const whole = text.includes('://') ? text : `http://${text}`;
  const parsed = URL.canParse(whole) ? new URL(whole) : undefined;
  const url = parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed : undefined;
  if (text === '' || url === undefined || url.hostname === '')
    return fail('endpoint_invalid', `“${given}” is not the address of an endpoint.`, {
      hint: 'Give one such as http://127.0.0.1:11434 for Ollama, or https://openrouter.ai/api/v1.',
    });
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('endpoint_invalid', 'The address of an endpoint holds no name, password or question mark.', {
      hint: 'Give a key as an account of the executor local, or in HOMER_LOCAL_API_KEY.',
    });
  const path = url.pathname.replace(/\/+$/u, '');
  return ok(`${url.origin}${path === '' ? '/v1' : path}`);
}

/** Without its `/v1`: where Ollama's own API is. */
export function rootOf(address: string): string {
  return address.replace(/\/v1$/u, '');
}

export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}
