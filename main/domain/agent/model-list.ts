import { z } from 'zod';
import { idSchema, lineSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** Who says that there are these models. */
export const modelSource = valueList({
  endpoint: 'Told by the endpoint',
  program: 'Told by the program',
  file: "From the program's own files",
  prices: 'Names of the price table',
  none: 'No list',
});
export type ModelSource = ValueOf<typeof modelSource>;

/** A model that an executor can be asked for by this name; null: nobody tells. */
export const offeredModelSchema = z.object({
  name: z.string().min(1).max(200),
  contextTokens: z.int().min(0).nullable(),
  /** Whether it can call tools. */
  tools: z.boolean().nullable(),
  /** Whether it is in memory now. */
  loaded: z.boolean().nullable(),
  /** The accounts that offer it, by their names, where not all of them do. */
  accounts: z.array(lineSchema).optional(),
});
export type OfferedModel = z.infer<typeof offeredModelSchema>;

export const endpointState = valueList({
  ready: 'Answers',
  empty: 'Has no model',
  refused: 'Refused the key',
  unreachable: 'Does not answer',
  wrong: 'Is no endpoint',
});
export type EndpointState = ValueOf<typeof endpointState>;

/** How an endpoint is that models are behind. */
export const endpointHealthSchema = z.object({
  /** The account it belongs to; null: what the settings say. */
  accountId: idSchema.nullable(),
  label: lineSchema,
  address: z.string(),
  state: schemaOf(endpointState),
  /** What it says it is, such as `Ollama 0.14.2`; null: it does not say. */
  program: z.string().nullable(),
  models: z.int().min(0),
  /** What is wrong and what to do; empty where nothing is. */
  problem: z.string(),
});
export type EndpointHealth = z.infer<typeof endpointHealthSchema>;

export const modelListSchema = z.object({
  executor: z.string(),
  source: schemaOf(modelSource),
  models: z.array(offeredModelSchema),
  endpoints: z.array(endpointHealthSchema),
  /** What people should know of the list; empty where there is nothing. */
  note: z.string(),
});
export type ModelList = z.infer<typeof modelListSchema>;

/** More are left out: nobody looks through them. */
export const MOST_MODELS = 1_000;

export function modelNamed(name: string, told: Partial<OfferedModel> = {}): OfferedModel {
  return { contextTokens: null, tools: null, loaded: null, ...told, name };
}
