import { fail, ok, type Result } from '../../shared/result.ts';
import type { AppContext } from './app-env.ts';

export const bodyLimitBytes = 1_048_576;

/**
 * The JSON body of a request; undefined when there is none. The content type must be JSON, which a form on another page cannot
 * send, and nothing over 1 MiB is kept in memory.
 */
export async function readJson(c: AppContext): Promise<Result<unknown>> {
  const declared = Number(c.req.header('content-length') ?? '0');
  if (declared > bodyLimitBytes) return tooLarge(c);
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (c.req.raw.body)
    for await (const chunk of c.req.raw.body as ReadableStream<Uint8Array>) {
      size += chunk.byteLength;
      if (size > bodyLimitBytes) return tooLarge(c);
      chunks.push(chunk);
    }
  const type = c.req.header('content-type');
  // A cookie travels by itself, so a browser must always show by the type that it is our own page.
  const mustSayJson = size > 0 || (c.get('actor').channel === 'dashboard' && c.req.method !== 'GET');
  if (type === undefined ? mustSayJson : !/^application\/json\s*(?:;|$)/iu.test(type))
    return fail('unsupported_media_type', 'The body must be sent as application/json.', {
      hint: 'Add the header `Content-Type: application/json`.',
    });
  if (size === 0) return ok(undefined);
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return fail('invalid_input', `The body is not valid JSON: ${error.message}`, {
      hint: 'Send one JSON object, such as {}.',
    });
  }
}

function tooLarge(c: AppContext): Result<never> {
  // What is left unread must not be taken for the next request.
  c.header('Connection', 'close');
  return fail('too_large', 'The body is larger than 1 MiB.', {
    hint: 'Send less at once; large texts belong into a file of the project.',
  });
}
