import { z } from 'zod';
import { idSchema } from '../primitives.ts';
import { intentStatus } from './status.ts';
import { schemaOf } from '../list-schema.ts';

/** How the run of an intent can have ended, as the last word of an event's name; `ended` is any of them. */
export const intentOutcome = schemaOf(intentStatus).extract(['completed', 'failed', 'timeout', 'cancelled']);
export type IntentOutcome = z.infer<typeof intentOutcome>;

/** What the name of an event says: one of the owner's own, the end of an intent's run, or the move of a project's branch. */
export type EventName =
  | { readonly kind: 'named' }
  | { readonly kind: 'intent'; readonly intentId: string; readonly outcome: IntentOutcome | 'ended' }
  | { readonly kind: 'project'; readonly projectId: string };

const named = /^[\p{L}\p{N}][\p{L}\p{N}._/:-]*$/u;

/** Reads the name of an event; null when it is none. */
export function readEventName(name: string): EventName | null {
  const [first, id, last, ...more] = name.split(':');
  if (first !== 'intent' && first !== 'project') return named.test(name) ? { kind: 'named' } : null;
  if (more.length > 0 || !idSchema.safeParse(id).success || id === undefined) return null;
  if (first === 'project') return last === 'moved' ? { kind: 'project', projectId: id } : null;
  const outcome = z.union([intentOutcome, z.literal('ended')]).safeParse(last);
  return outcome.success ? { kind: 'intent', intentId: id, outcome: outcome.data } : null;
}

export function intentEventName(intentId: string, outcome: IntentOutcome | 'ended'): string {
  return `intent:${intentId}:${outcome}`;
}

export function projectEventName(projectId: string): string {
  return `project:${projectId}:moved`;
}
