import type { JsonObject } from '../../domain/primitives.ts';
import { isObject } from '../json-event.ts';

type Json = JsonObject[string];
type Plain = string | number | boolean | null;
export type Conditions = Readonly<Record<string, Plain | readonly Plain[] | { readonly exists: boolean }>>;

/** Finds the value at a path in a line; undefined where there is none. */
export type Lookup = (line: Json | undefined) => Json | undefined;

/** A path such as `message.content.0.text`, taken apart once. */
export function createLookup(path: string): Lookup {
  const names = path.split('.');
  const [only = ''] = names;
  if (names.length === 1 && !/^\d+$/.test(only))
    return (line) => (isObject(line) && Object.hasOwn(line, only) ? line[only] : undefined);
  return (line) => {
    let value: Json | undefined = line;
    for (const name of names) {
      if (Array.isArray(value)) value = /^\d+$/.test(name) ? value[Number(name)] : undefined;
      else if (isObject(value) && Object.hasOwn(value, name)) value = value[name];
      else return undefined;
    }
    return value;
  };
}

/** Whether all conditions hold of a line. */
export type Test = (line: Json) => boolean;

export function createTest(conditions: Conditions): Test {
  const tests = Object.entries(conditions).map(([path, wanted]) => {
    const lookup = createLookup(path);
    if (typeof wanted === 'object' && wanted !== null && 'exists' in wanted)
      return (line: Json) => (lookup(line) !== undefined) === wanted.exists;
    if (!Array.isArray(wanted)) return (line: Json) => lookup(line) === wanted;
    const any = new Set<unknown>(wanted);
    return (line: Json) => any.has(lookup(line));
  });
  const [first] = tests;
  if (first && tests.length === 1) return first;
  return (line) => tests.every((test) => test(line));
}
