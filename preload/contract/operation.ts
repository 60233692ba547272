import type { z } from 'zod';

/**
 * One operation of Homer, declared once and served over IPC, HTTP, the local socket and the command line by the same handler.
 * `input` and `output` are parsed on the way in and on the way out.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** A query changes nothing and may be repeated; a command changes something. */
  readonly kind: 'query' | 'command';
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  /** `METHOD /path/{id}` on the REST surface. Path names and query names are fields of the input. */
  readonly rest: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;
}

export function query<I extends z.ZodType, O extends z.ZodType>(
  rest: `GET /${string}`,
  summary: string,
  input: I,
  output: O,
): Operation<I, O> {
  return { kind: 'query', rest, summary, input, output };
}

export function command<I extends z.ZodType, O extends z.ZodType>(
  rest: `${'POST' | 'PATCH' | 'DELETE'} /${string}`,
  summary: string,
  input: I,
  output: O,
): Operation<I, O> {
  return { kind: 'command', rest, summary, input, output };
}
