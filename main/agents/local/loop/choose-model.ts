import { fail, ok, type Result } from '../../../shared/result.ts';
import { endpointModels, sameModel, type EndpointAsk } from '../endpoint-models.ts';

export interface ChosenModel {
  readonly name: string;
  readonly contextTokens: number | null;
  readonly kind: 'ollama' | 'openai';
}

/** The model that was asked for, or the only one there is; refused when the endpoint says that it is not there or cannot call tools. */
export async function chooseModel(ask: EndpointAsk, wanted: string | null): Promise<Result<ChosenModel>> {
  const found = await endpointModels({ ...ask, ...(wanted === null ? {} : { only: wanted }) });
  if (!found.ok) {
    // Some endpoints list nothing and answer all the same.
    const answers = found.error.tag === 'endpoint_unknown';
    return answers && wanted !== null ? ok({ name: wanted, contextTokens: null, kind: 'openai' }) : found;
  }
  const { models, kind } = found.value;
  const names = models.map(({ name }) => name);
  if (wanted === null && models.length !== 1)
    return fail(
      'model_missing',
      models.length === 0
        ? 'The endpoint has no model. With Ollama, fetch one that can call tools, such as “ollama pull qwen3”.'
        : `Say which model to work with: the endpoint has ${names.slice(0, 20).join(', ')}.`,
      { hint: 'Give the run a model, or set local.model.' },
    );
  const chosen = wanted === null ? models[0] : models.find(({ name }) => sameModel(name, wanted));
  if (chosen === undefined) {
    if (kind !== 'ollama') return ok({ name: wanted ?? '', contextTokens: null, kind });
    return fail(
      'model_missing',
      `Ollama has no model ${wanted ?? ''}. Fetch it by “ollama pull ${wanted ?? ''}”, or choose one of: ${names.slice(0, 20).join(', ')}.`,
    );
  }
  if (chosen.tools === false)
    return fail(
      'model_without_tools',
      `The model ${chosen.name} cannot call tools, so it cannot work on files. Choose one that can, such as qwen3 or gpt-oss.`,
    );
  return ok({ name: chosen.name, contextTokens: chosen.contextTokens, kind });
}
