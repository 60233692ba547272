import { decide } from '../../../preload/contract/choices.ts';
import type { ContractFailure } from '../../../preload/contract/errors.ts';
import type { Client } from '../../client/client.ts';
import type { ItemDecision } from './held-decision.ts';

/** Carries a decision out on the version that was shown; undefined when it was taken. */
export async function sendDecision(
  { call, queries }: Client,
  { item, choice, text }: ItemDecision,
): Promise<ContractFailure | undefined> {
  const { key, version } = item;
  const { action } = choice;
  const snoozes = action === 'hour' || action === 'tonight' || action === 'tomorrow';
  const failure = snoozes
    ? await call('inbox.snooze', { key, version, for: action }).then((reply) =>
        reply.ok ? undefined : reply.error,
      )
    : await decide(call, item, choice, text);
  queries.changed(new Set(['proposal', 'run']));
  return failure;
}
