import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Say } from '../loop-line.ts';
import { boundText } from '../tools/bound-text.ts';
import type { ModelAnswer } from './ask-model.ts';
import { splitForSummary, summarised, transcript, userMessage, type Conversation } from './conversation.ts';
import { sayUsage } from './say-usage.ts';
import { SUMMARISE } from './system-prompt.ts';
import type { Tried } from './with-retries.ts';

/** When nobody knows what the model can hold, it is taken for a small one. */
const SUPPOSED = 8_192;
const SHORT_RESULT = 1_000;

/**
 * A shorter conversation: task and recent work as they are, what came before in the model's own words, and where it has none to say, by what
 * was called. Null when there is nothing left to shorten.
 */
export async function compact(
  talk: Conversation,
  contextTokens: number | null,
  ask: (prompt: LanguageModelV4Prompt) => Promise<Tried<ModelAnswer>>,
  say: Say,
): Promise<Conversation | null> {
  const context = contextTokens ?? SUPPOSED;
  const { older, recent } = splitForSummary(talk, context / 4);
  const short = recent.map(shortResults);
  if (older.length === 0) {
    const shorter = JSON.stringify(short).length < JSON.stringify(recent).length;
    if (!shorter) return null;
    return { ...talk, messages: [...talk.messages.slice(0, talk.messages.length - recent.length), ...short] };
  }
  const text = [
    talk.summary === '' ? '' : `EARLIER: ${talk.summary}`,
    transcript(older, Math.floor(context * 2)),
  ].join('\n');
  const answered = await ask([
    { role: 'system', content: SUMMARISE },
    userMessage(`The task:\n${boundText(talk.task, context, 'end')}\n\nThe conversation:\n${text.trim()}`),
  ]);
  if (answered.ok) sayUsage(answered.value, say, false);
  const words = answered.ok ? answered.value.text.trim() : '';
  const summary = boundText(words === '' ? listOfCalls(older) : words, context, 'start');
  return summarised(talk, summary, short);
}

function shortResults(message: LanguageModelV4Message): LanguageModelV4Message {
  if (message.role !== 'tool') return message;
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'tool-result' && part.output.type === 'text'
        ? { ...part, output: { type: 'text', value: boundText(part.output.value, SHORT_RESULT, 'end') } }
        : part,
    ),
  };
}

function listOfCalls(messages: readonly LanguageModelV4Message[]): string {
  const calls = messages.flatMap((message) =>
    message.role === 'assistant'
      ? message.content.flatMap((part) =>
          part.type === 'tool-call'
            ? [`- ${part.toolName} ${boundText(JSON.stringify(part.input), 200, 'start')}`]
            : [],
        )
      : [],
  );
  return `These tools were called, and their results are no longer here:\n${calls.join('\n')}`;
}
