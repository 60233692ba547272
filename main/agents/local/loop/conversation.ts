import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { boundText } from '../tools/bound-text.ts';

/** A conversation as it is kept: what this turn is about stays whole, whatever becomes of the rest. */
export interface Conversation {
  readonly task: string;
  /** Where the message with the task stands. */
  readonly taskAt: number;
  /** Of what is no longer in the messages. */
  readonly summary: string;
  readonly messages: readonly LanguageModelV4Message[];
}

export function beginWith(task: string): Conversation {
  return { task, taskAt: 0, summary: '', messages: [userMessage(task)] };
}

/** The next turn of the same conversation. */
export function goOnWith(before: Conversation, task: string): Conversation {
  return {
    ...before,
    task,
    taskAt: before.messages.length,
    messages: [...before.messages, userMessage(task)],
  };
}

export function withMessages(before: Conversation, more: readonly LanguageModelV4Message[]): Conversation {
  return { ...before, messages: [...before.messages, ...more] };
}

export function promptOf(system: string, { messages }: Conversation): LanguageModelV4Prompt {
  return [{ role: 'system', content: system }, ...messages];
}

export function userMessage(text: string): LanguageModelV4Message {
  return { role: 'user', content: [{ type: 'text', text }] };
}

/** About how many tokens a text is; nobody is shown it. */
export function estimate(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / 4);
}

const SHORT_RESULT = 600;

/** The part of a conversation that is given up when it grows too long, and the part that stays as it is. */
export function splitForSummary(
  { messages, taskAt }: Conversation,
  keepTokens: number,
): { older: LanguageModelV4Message[]; recent: LanguageModelV4Message[] } {
  let from = messages.length;
  // Recent work begins with a message of the model, so that each result has its call.
  for (let at = messages.length - 1; at > taskAt; at -= 1) {
    if (messages[at]?.role !== 'assistant') continue;
    // The last exchange stays however long it is: what was just asked for is not to be asked for again.
    if (from < messages.length && estimate(messages.slice(at)) > keepTokens) break;
    from = at;
  }
  return {
    older: messages.slice(0, from).filter((_, at) => at !== taskAt),
    recent: messages.slice(from),
  };
}

/** The conversation after its older part was put into words. */
export function summarised(
  before: Conversation,
  summary: string,
  recent: readonly LanguageModelV4Message[],
): Conversation {
  const head = `${before.task}\n\n## What was done so far\n\n${summary}`;
  return { task: before.task, taskAt: 0, summary, messages: [userMessage(head), ...recent] };
}

/** Messages as a text to be summarised, with long results cut. */
export function transcript(messages: readonly LanguageModelV4Message[], mostCharacters: number): string {
  const lines = messages.flatMap((message) => {
    if (message.role === 'system') return [];
    return message.content.flatMap((part) => {
      switch (part.type) {
        case 'text':
          return [`${message.role === 'user' ? 'PERSON' : 'YOU'}: ${part.text}`];
        case 'tool-call':
          return [
            `YOU CALLED ${part.toolName} ${boundText(JSON.stringify(part.input), SHORT_RESULT, 'start')}`,
          ];
        case 'tool-result':
          return [
            `RESULT: ${boundText(part.output.type === 'text' ? part.output.value : JSON.stringify(part.output), SHORT_RESULT, 'start')}`,
          ];
        default:
          return [];
      }
    });
  });
  return boundText(lines.join('\n'), mostCharacters, 'end');
}
