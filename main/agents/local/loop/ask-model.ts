import type {
  LanguageModelV4,
  LanguageModelV4FinishReason,
  LanguageModelV4FunctionTool,
  LanguageModelV4Prompt,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';

export interface ModelCall {
  readonly id: string;
  readonly tool: string;
  /** JSON, as the model wrote it: it may be anything. */
  readonly input: string;
}

export interface ModelAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ModelCall[];
  readonly finish: LanguageModelV4FinishReason['unified'];
  /** Undefined: the endpoint did not tell. */
  readonly usage: LanguageModelV4Usage | undefined;
}

/** Characters of one answer; whatever writes more is not answering any more. */
const MOST_CHARACTERS = 2_000_000;

/** One answer of the model, streamed. Throws what `modelFailure` reads; an answer that broke off is none. */
export async function askModel(
  model: LanguageModelV4,
  ask: {
    readonly prompt: LanguageModelV4Prompt;
    readonly tools: readonly LanguageModelV4FunctionTool[];
    readonly signal: AbortSignal;
    /** Told now and then while it writes. */
    readonly writing: (characters: number) => void;
  },
): Promise<ModelAnswer> {
  const { stream } = await model.doStream({
    prompt: ask.prompt,
    ...(ask.tools.length === 0 ? {} : { tools: [...ask.tools], toolChoice: { type: 'auto' } }),
    abortSignal: ask.signal,
  });
  let text = '';
  let reasoning = '';
  let characters = 0;
  const calls: ModelCall[] = [];
  const grow = (by: number): void => {
    characters += by;
    if (characters > MOST_CHARACTERS) throw new Error('The model does not stop writing.');
    ask.writing(characters);
  };
  for await (const part of stream) {
    switch (part.type) {
      case 'text-delta':
        text += part.delta;
        grow(part.delta.length);
        break;
      case 'reasoning-delta':
        reasoning += part.delta;
        grow(part.delta.length);
        break;
      case 'tool-input-delta':
        grow(part.delta.length);
        break;
      case 'tool-call':
        calls.push({ id: part.toolCallId, tool: part.toolName, input: part.input });
        break;
      case 'error':
        throw part.error;
      case 'finish':
        return {
          text,
          reasoning,
          calls,
          finish: part.finishReason.unified,
          usage: part.usage.inputTokens.total === undefined ? undefined : part.usage,
        };
      default:
        break;
    }
  }
  throw new Error('The stream ended before the answer did.');
}
