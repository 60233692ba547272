import { z } from 'zod';
import type { TableShape } from './table-shape.ts';

/** An export is JSON lines: this first, then one line for each row, then the count of each table. */
export const exportHeaderSchema = z.strictObject({
  homer: z.literal('export'),
  v: z.literal(1),
  schema: z.int().min(1),
  tables: z.array(z.string()),
});

export const exportRowSchema = z.strictObject({ t: z.string(), r: z.record(z.string(), z.json()) });

export const exportEndSchema = z.strictObject({
  end: z.literal(true),
  rows: z.record(z.string(), z.int()),
});

const blobSchema = z
  .strictObject({ base64: z.base64() })
  .transform(({ base64 }) => Buffer.from(base64, 'base64'));

const valueSchemas: Readonly<Record<string, z.ZodType>> = {
  TEXT: z.string(),
  INTEGER: z.int(),
  REAL: z.number(),
  BLOB: blobSchema,
  ANY: z.union([z.string(), z.number(), blobSchema]),
};

/** What a row of a table must look like on its line. */
export function rowSchemaOf(table: TableShape): z.ZodType<Record<string, unknown>> {
  return z.strictObject(
    Object.fromEntries(
      table.columns.map(({ name, type, nullable }) => {
        const value = valueSchemas[type.toUpperCase()] ?? z.union([z.string(), z.number(), blobSchema]);
        return [name, nullable ? value.nullable() : value];
      }),
    ),
  );
}
