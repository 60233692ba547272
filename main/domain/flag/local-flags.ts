import { line, model, whole, type FlagSpec } from './flag-spec.ts';

/** Where the executor `local` finds its model. */
export const localFlags = {
  'local.base_url': {
    group: 'local',
    name: 'Address of the endpoint',
    defaultValue: '',
    description:
      'Anything that speaks as OpenAI does, such as http://127.0.0.1:1234/v1. Empty: Ollama on this machine.',
    ...line(500),
  },
  'local.model': {
    group: 'local',
    name: 'Model',
    defaultValue: '',
    description: 'The model to work with unless a run names one. Empty: the only one the endpoint has.',
    ...model(200, { executor: 'local' }),
  },
  'local.context_tokens': {
    group: 'local',
    name: 'Tokens the model can hold',
    defaultValue: '0',
    description:
      'Past three quarters of it the older part of a conversation is summarised. 0: as the endpoint tells.',
    ...whole(0, 10_000_000, 'tokens'),
  },
} as const satisfies Record<string, FlagSpec>;
