import { z } from 'zod';

/** UUID version 7. */
export const idSchema = z.uuid();
/** UTC ISO-8601 with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });
/** Integer millionths of a US dollar. */
export const microUsdSchema = z.int().min(0);
/** Milliseconds. */
export const durationSchema = z.int().min(0);
export const versionSchema = z.int().min(1);
/** One line a person typed: trimmed, not empty. */
export const lineSchema = z
  .string()
  .trim()
  .min(1, 'Write something here.')
  .max(200, 'Keep this under 200 characters.')
  .refine((text) => !/[\u0000-\u001f\u007f]/u.test(text), 'Keep this on one line.');
/** What its owner calls a view, of a board or of a list of runs. */
export const viewNameSchema = z
  .string()
  .trim()
  .min(1, 'Give it a name.')
  .max(60, 'Keep this under 60 characters.')
  .refine((text) => !/[\u0000-\u001f\u007f]/u.test(text), 'Keep this on one line.');
export const textSchema = z.string().max(100_000, 'Keep this under 100,000 characters.');
export const jsonObjectSchema = z.record(z.string(), z.json());
export type JsonObject = z.infer<typeof jsonObjectSchema>;
