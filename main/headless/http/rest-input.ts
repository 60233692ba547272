import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RestRoute } from './rest-table.ts';

/**
 * The input of an operation from a request: the body, then the query, then the path, which has the last word. Lists come as a
 * repeated key or with commas. A query name that the operation does not know is refused: a filter that was mistyped must not
 * answer as if it were not there.
 */
export function restInput(
  route: RestRoute,
  request: { path: Record<string, string>; query: Record<string, string[]>; body: unknown },
): Result<Record<string, unknown>> {
  const { body } = request;
  if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body)))
    return fail('invalid_input', 'The body must be a JSON object.');
  const known = Object.keys(route.queryFields);
  const unknown = Object.keys(request.query).find((name) => !known.includes(name));
  if (unknown !== undefined)
    return fail('invalid_input', `There is no query parameter called ${JSON.stringify(unknown)} here.`, {
      hint: known.length ? `Possible: ${known.join(', ')}.` : 'This path takes none.',
    });
  const query = Object.fromEntries(
    Object.entries(request.query).map(([name, values]) => [name, fromText(route.queryFields[name], values)]),
  );
  return ok({ ...(body ?? {}), ...query, ...request.path });
}

/** What text stands for, where the schema expects something else than text; what does not fit stays text and is refused later. */
function fromText(schema: z.ZodType | undefined, values: readonly string[]): unknown {
  const inner = schema && bare(schema);
  if (inner instanceof z.ZodArray)
    return values.flatMap((value) => value.split(',')).filter((value) => value !== '');
  const text = values.at(-1) ?? '';
  if (inner instanceof z.ZodNumber && /^-?\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  if (inner instanceof z.ZodBoolean && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** A schema without its optional, default and nullable wrappings. */
export function bare(schema: z.ZodType): z.ZodType {
  let current: unknown = schema;
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodDefault ||
    current instanceof z.ZodNullable
  )
    current = current.unwrap();
  return current as z.ZodType;
}
