import { z } from 'zod';
import { operations, type OperationName } from '../../../preload/contract/operations.ts';
import type { Operation } from '../../../preload/contract/operation.ts';

export type RestMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One REST route, as the contract declares it. */
export interface RestRoute {
  readonly name: OperationName;
  readonly operation: Operation;
  readonly method: RestMethod;
  /** With `{id}`, as in OpenAPI. */
  readonly path: string;
  /** With `:id`, as the router wants it. */
  readonly pattern: string;
  readonly pathFields: readonly string[];
  /** Fields of the input that come from the query: those of methods without a body. */
  readonly queryFields: Readonly<Record<string, z.ZodType>>;
}

/** Every operation as a route; fixed paths before those with a parameter in their place, so that `/runs/rows` is no run id. */
export function restTable(): RestRoute[] {
  return Object.entries(operations)
    .map(([name, operation]) => routeOf(name as OperationName, operation))
    .sort((a, b) => (order(a.path) < order(b.path) ? -1 : 1));
}

function order(path: string): string {
  return path.replaceAll(/\{\w+\}/gu, '~');
}

function routeOf(name: OperationName, operation: Operation): RestRoute {
  const [method, path] = operation.rest.split(' ') as [RestMethod, string];
  const pathFields = [...path.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? '');
  const shape =
    operation.input instanceof z.ZodObject ? (operation.input.shape as Record<string, z.ZodType>) : {};
  const queryFields =
    method === 'GET' || method === 'DELETE'
      ? Object.fromEntries(Object.entries(shape).filter(([field]) => !pathFields.includes(field)))
      : {};
  return {
    name,
    operation,
    method,
    path,
    pattern: path.replaceAll(/\{(\w+)\}/gu, ':$1'),
    pathFields,
    queryFields,
  };
}
