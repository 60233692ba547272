import { modelNamed, type EndpointState } from '../../domain/agent/model-list.ts';
import type { ToldModels } from '../executor.ts';
import type { EndpointModels } from './endpoint-models.ts';

/** What an endpoint told, as a list of models and its own health. Those in memory come first: they answer at once. */
export function toldBy({ address, kind, version, models }: EndpointModels): ToldModels {
  return {
    source: 'endpoint',
    models: models
      .map(({ name, contextTokens, tools, loaded }) => modelNamed(name, { contextTokens, tools, loaded }))
      .sort((a, b) => Number(b.loaded ?? false) - Number(a.loaded ?? false)),
    endpoint: {
      address,
      state: models.length > 0 ? 'ready' : 'empty',
      program: kind === 'ollama' ? `Ollama ${version ?? ''}`.trim() : null,
      problem: models.length > 0 ? '' : 'It has no model. With Ollama, fetch one: ollama pull qwen3',
    },
  };
}

export function troubled(address: string, state: EndpointState, problem: string): ToldModels {
  return {
    source: 'endpoint',
    models: [],
    endpoint: { address, state, program: null, problem: problem.trim() },
  };
}

export function stateOf(tag: string): EndpointState {
  if (tag === 'endpoint_auth') return 'refused';
  return tag === 'endpoint_unreachable' ? 'unreachable' : 'wrong';
}
