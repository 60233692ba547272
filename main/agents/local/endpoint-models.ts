import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { createScope } from '../../shared/scope.ts';
import { fail, messageOf, ok, type Result } from '../../shared/result.ts';
import { endpointAddress, rootOf } from './endpoint-address.ts';
import type { Fetch } from './http-fetch.ts';

/** A model as its endpoint tells of it; null: it does not tell. */
export interface EndpointModel {
  readonly name: string;
  /** Tokens it can hold as it is loaded, or would be. */
  readonly contextTokens: number | null;
  /** Whether it can call tools. */
  readonly tools: boolean | null;
  /** Whether it is in memory now. */
  readonly loaded: boolean | null;
  readonly bytes: number | null;
}

export interface EndpointModels {
  readonly address: string;
  readonly kind: 'ollama' | 'openai';
  readonly version: string | null;
  readonly models: readonly EndpointModel[];
}

export interface EndpointAsk {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly address: string;
  readonly key: string | null;
  /** For each question; the endpoint is near, or it is not there. */
  readonly limitMs?: number;
  /** Of Ollama, what this model can do; else what all of them can. */
  readonly only?: string;
}

const LIMIT_MS = 5_000;
/** More are listed by their names alone. */
const ASKED_IN_FULL = 40;

const versionSchema = z.object({ version: z.string() });
const tagsSchema = z.object({ models: z.array(z.object({ name: z.string(), size: z.number().optional() })) });
const loadedSchema = z.object({
  models: z.array(z.object({ name: z.string(), context_length: z.number().optional() })),
});
const shownSchema = z.object({
  capabilities: z.array(z.string()).optional(),
  parameters: z.string().optional(),
  model_info: z.record(z.string(), z.unknown()).optional(),
});
const listSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      context_length: z.number().nullish(),
      max_model_len: z.number().nullish(),
      loaded_context_length: z.number().nullish(),
      meta: z.object({ n_ctx: z.number().nullish() }).nullish(),
      supported_parameters: z.array(z.string()).nullish(),
    }),
  ),
});

/** The models of an endpoint and what they can do: by Ollama's own API where it is one, else by `/v1/models`. */
export async function endpointModels(ask: EndpointAsk): Promise<Result<EndpointModels>> {
  const checked = endpointAddress(ask.address);
  if (!checked.ok) return checked;
  const address = checked.value;
  const root = rootOf(address);
  // Nothing secret is sent before it is known what is there.
  const version = await question(ask, `${root}/api/version`, versionSchema, null);
  if (!version.ok && version.error.tag === 'endpoint_unreachable') return version;
  if (version.ok && root !== address) return ofOllama(ask, address, root, version.value.version);
  const listed = await question(ask, `${address}/models`, listSchema, ask.key);
  if (!listed.ok) return listed;
  const models = listed.value.data.map((one) => ({
    name: one.id,
    contextTokens:
      one.loaded_context_length ?? one.context_length ?? one.max_model_len ?? one.meta?.n_ctx ?? null,
    tools: one.supported_parameters ? one.supported_parameters.includes('tools') : null,
    loaded: null,
    bytes: null,
  }));
  return ok({ address, kind: 'openai', version: null, models });
}

async function ofOllama(
  ask: EndpointAsk,
  address: string,
  root: string,
  version: string,
): Promise<Result<EndpointModels>> {
  const tags = await question(ask, `${root}/api/tags`, tagsSchema, ask.key);
  if (!tags.ok) return tags;
  const running = await question(ask, `${root}/api/ps`, loadedSchema, ask.key);
  const inMemory = running.ok ? running.value.models : [];
  const models = await Promise.all(
    tags.value.models.map(async ({ name, size }, index): Promise<EndpointModel> => {
      const now = inMemory.find((one) => one.name === name);
      const wanted = ask.only === undefined ? index < ASKED_IN_FULL : sameModel(name, ask.only);
      const shown = wanted
        ? await question(ask, `${root}/api/show`, shownSchema, ask.key, { model: name })
        : undefined;
      const told = shown?.ok ? shown.value : undefined;
      return {
        name,
        contextTokens: now?.context_length ?? numCtx(told?.parameters),
        tools: told?.capabilities ? told.capabilities.includes('tools') : null,
        loaded: running.ok ? now !== undefined : null,
        bytes: size ?? null,
      };
    }),
  );
  return ok({ address, kind: 'ollama', version, models });
}

/** Ollama means `name:latest` by a bare name. */
export function sameModel(a: string, b: string): boolean {
  const whole = (name: string): string => (name.includes(':') ? name : `${name}:latest`);
  return a === b || whole(a) === whole(b);
}

/** What the model file sets. What the weights could hold says nothing: Ollama gives a model less unless it is told. */
function numCtx(parameters: string | undefined): number | null {
  const found = /^num_ctx\s+(\d+)/mu.exec(parameters ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

async function question<T>(
  { fetch, clock, limitMs }: EndpointAsk,
  url: string,
  schema: z.ZodType<T>,
  key: string | null,
  body?: object,
): Promise<Result<T>> {
  const scope = createScope('question to an endpoint');
  const late = new AbortController();
  clock.after(scope, limitMs ?? LIMIT_MS, () => {
    late.abort(new Error('no answer in time'));
  });
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: late.signal,
    });
    text = await response.text();
  } catch (error) {
    return fail('endpoint_unreachable', `Nothing answers at ${new URL(url).origin}: ${messageOf(error)}.`, {
      hint: 'Start the program that serves the model, or set its address as local.base_url.',
    });
  } finally {
    await scope.close();
  }
  if (response.status === 401 || response.status === 403)
    return fail('endpoint_auth', `${new URL(url).origin} refused the key.`, {
      hint: 'Give a key as an account of the executor local, or in HOMER_LOCAL_API_KEY.',
    });
  const parsed = response.ok ? schema.safeParse(jsonOrNull(text)) : undefined;
  if (parsed?.success) return ok(parsed.data);
  return fail(
    'endpoint_unknown',
    `What answers at ${url} is not an endpoint Homer knows (status ${String(response.status)}).`,
    { hint: 'Check the address: it ends with /v1 for most programs.' },
  );
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
