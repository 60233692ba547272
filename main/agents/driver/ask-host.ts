import { randomUUID } from 'node:crypto';
import { replyWords } from '../../domain/agent/reply-words.ts';
import type { AskHost } from '../../domain/agent/tools.ts';
import type { JsonObject } from '../../domain/primitives.ts';

/** A request that is longer is not taken at the host's door, and nobody could judge it. */
const MOST = 100_000;

/** Whether the agent may do a thing: the host judges it, and asks the owner where it cannot. `why` is for the agent. */
export async function mayUse(
  ask: AskHost,
  signal: AbortSignal,
  tool: string,
  input: JsonObject,
): Promise<{ readonly allowed: boolean; readonly why: string }> {
  if (JSON.stringify(input).length > MOST)
    return { allowed: false, why: 'This is too long to be asked. Do it in smaller parts.' };
  const reply = await ask(
    { tool: 'permission', id: randomUUID(), input: { tool_name: tool.slice(0, 200), input } },
    signal,
  );
  return { allowed: reply.state === 'allowed', why: replyWords(reply).text };
}

/** What the owner answers to a question; null: there is no answer to be had. */
export async function ownerAnswer(
  ask: AskHost,
  signal: AbortSignal,
  question: string,
): Promise<string | null> {
  const reply = await ask(
    { tool: 'ask_owner', id: randomUUID(), input: { question: question.slice(0, 4_000) } },
    signal,
  );
  return reply.state === 'done' ? reply.text : null;
}
