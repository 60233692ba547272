import { z } from 'zod';
import type { ValueList } from './value-list.ts';

/** The schema of one value of a list. Apart from the list, so that its words can be read without any schema. */
export function schemaOf<V extends string>({ values }: ValueList<V>): z.ZodEnum<{ [K in V]: K }> {
  return z.enum(values);
}
