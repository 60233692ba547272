import type { DoorReply } from './tools.ts';

/** What the host said, as an agent reads it; not `ok` where it was not done. */
export function replyWords(reply: DoorReply): { readonly ok: boolean; readonly text: string } {
  const text =
    'text' in reply ? reply.text : reply.state === 'allowed' ? 'Allowed.' : 'The owner has not answered yet.';
  return { ok: reply.state === 'done', text };
}
