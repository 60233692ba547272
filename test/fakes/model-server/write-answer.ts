import type { JsonObject } from '../../../main/domain/primitives.ts';
import type { Answer } from './answer.ts';
import type { Dialect } from './conversation.ts';
import type { Scenario } from './scenario.ts';

/** One event of a stream: its name, where the dialect has names, and its data. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: JsonObject | string;
}

export interface Told {
  readonly model: string;
  readonly id: string;
  readonly usage: { readonly input: number; readonly cached: number; readonly output: number };
}

export function toldOf(scenario: Scenario, body: JsonObject, id: number): Told {
  const model = typeof body['model'] === 'string' ? body['model'] : 'model';
  const { tokens } = scenario;
  return {
    model,
    id: `m${String(id)}`,
    usage: { input: tokens, cached: Math.floor(tokens / 5), output: 50 },
  };
}

/** An answer as the events of a stream, the way the program expects them. */
export function streamOf(dialect: Dialect, answer: Answer, told: Told): StreamEvent[] {
  switch (dialect) {
    case 'anthropic':
      return anthropic(answer, told);
    case 'responses':
      return responses(answer, told);
    case 'chat':
      return chat(answer, told);
    case 'gemini':
      return gemini(answer, told);
  }
}

function anthropic({ text, call }: Answer, { model, id, usage }: Told): StreamEvent[] {
  const of = (data: JsonObject & { type: string }): StreamEvent => ({ event: data.type, data });
  const counts = {
    input_tokens: usage.input - usage.cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cached,
  };
  const message = {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
  };
  const block = (index: number, start: JsonObject, delta: JsonObject): StreamEvent[] => [
    of({ type: 'content_block_start', index, content_block: start }),
    of({ type: 'content_block_delta', index, delta }),
    of({ type: 'content_block_stop', index }),
  ];
  return [
    of({
      type: 'message_start',
      message: { ...message, stop_sequence: null, usage: { ...counts, output_tokens: 1 } },
    }),
    ...block(0, { type: 'text', text: '' }, { type: 'text_delta', text }),
    ...(call
      ? block(
          1,
          { type: 'tool_use', id: `toolu_${id}`, name: call.tool, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(call.input) },
        )
      : []),
    of({
      type: 'message_delta',
      delta: { stop_reason: call ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { ...counts, output_tokens: usage.output },
    }),
    of({ type: 'message_stop' }),
  ];
}

function responses({ text, call }: Answer, { id, usage }: Told): StreamEvent[] {
  const of = (data: JsonObject & { type: string }): StreamEvent => ({ event: data.type, data });
  const message: JsonObject = {
    type: 'message',
    id: `item_${id}`,
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
  const called: JsonObject[] =
    call === null
      ? []
      : [
          call.search !== undefined
            ? {
                type: 'tool_search_call',
                id: `call_item_${id}`,
                call_id: `call_${id}`,
                execution: 'client',
                status: 'completed',
                arguments: { query: call.search, limit: 8 },
              }
            : call.free === null
              ? {
                  type: 'function_call',
                  id: `call_item_${id}`,
                  call_id: `call_${id}`,
                  name: call.tool,
                  ...(call.group === undefined ? {} : { namespace: call.group }),
                  arguments: JSON.stringify(call.input),
                }
              : {
                  type: 'custom_tool_call',
                  id: `call_item_${id}`,
                  call_id: `call_${id}`,
                  name: call.tool,
                  input: call.free,
                },
        ];
  return [
    of({ type: 'response.created', response: { id: `resp_${id}` } }),
    of({ type: 'response.output_item.added', output_index: 0, item: { ...message, content: [] } }),
    of({
      type: 'response.output_text.delta',
      item_id: `item_${id}`,
      output_index: 0,
      content_index: 0,
      delta: text,
    }),
    ...[message, ...called].map((item, output_index) =>
      of({ type: 'response.output_item.done', output_index, item }),
    ),
    of({
      type: 'response.completed',
      response: {
        id: `resp_${id}`,
        usage: {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cached },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: usage.input + usage.output,
        },
      },
    }),
  ];
}

function chat({ text, call }: Answer, { model, id, usage }: Told): StreamEvent[] {
  const of = (delta: JsonObject, finish: string | null, more: JsonObject = {}): StreamEvent => ({
    data: {
      id: `chat_${id}`,
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
      ...more,
    },
  });
  const counts = {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cached },
  };
  const used = {
    function: { name: call?.tool ?? '', arguments: JSON.stringify(call?.input ?? {}) },
  };
  return [
    of({ role: 'assistant', content: text }, null),
    ...(call ? [of({ tool_calls: [{ index: 0, id: `call_${id}`, type: 'function', ...used }] }, null)] : []),
    of({}, call ? 'tool_calls' : 'stop', { usage: counts }),
    {
      data: {
        id: `chat_${id}`,
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices: [],
        usage: counts,
      },
    },
    { data: '[DONE]' },
  ];
}

function gemini({ text, call }: Answer, { model, id, usage }: Told): StreamEvent[] {
  const of = (parts: JsonObject[], more: JsonObject, finish: JsonObject): StreamEvent => ({
    data: {
      candidates: [{ content: { role: 'model', parts }, index: 0, ...finish }],
      modelVersion: model,
      responseId: id,
      ...more,
    },
  });
  const usageMetadata = {
    promptTokenCount: usage.input,
    candidatesTokenCount: usage.output,
    totalTokenCount: usage.input + usage.output,
    cachedContentTokenCount: usage.cached,
  };
  const last: JsonObject = call ? { functionCall: { name: call.tool, args: call.input } } : { text: '' };
  return [of([{ text }], {}, {}), of([last], { usageMetadata }, { finishReason: 'STOP' })];
}
